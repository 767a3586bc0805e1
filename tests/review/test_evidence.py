"""Evidence packs: complete, and any change of any byte is found and named."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from dehazer.cli.verify import main
from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine
from dehazer.errors import InputError, OutputExistsError
from dehazer.live.shared_engine import SharedEngine
from dehazer.models.registry import model_spec
from dehazer.models.weights import find_weights, sha256_of
from dehazer.review.bookmarks import Bookmarks
from dehazer.review.evidence import write_sealed
from dehazer.review.export_context import ExportContext, Product
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import CaseNotes, ExportRequest
from dehazer.review.exporters import EXPORTERS
from dehazer.review.operator_log import OperatorLog, last_hash, log_faults, log_text
from dehazer.review.pack_signature import verify_pack
from dehazer.review.pack_verification import DIGITS, LOG, MANIFEST, SIGNATURE, PackVerdict, compare_pack
from dehazer.sources.file import FileSource
from tests.review.footage import Recordings, record, span

ROOT = Path(__file__).parents[2]
CASE = CaseNotes("<b>Collision</b>", "A. Example", "Übergabe & Prüfung")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ExportContext:
    folder = tmp_path_factory.mktemp("recordings")
    marks = Bookmarks()
    marks.add("Gate", span(0.8, 1.0), "Lorry")
    made = ExportContext(Recordings((record(folder / "gate.mp4"), record(folder / "gate-2.mp4", start=2))),
                         Engine(EngineOptions(device="cpu")), ZoneInfo("Europe/Berlin"), marks)
    made.log.add("opened", folder=str(folder))
    made.log.add("bookmark", note="Lorry")
    return made


def written(context: ExportContext, work: Path, **case: object) -> Product:
    request = ExportRequest("evidence", ("Gate",), span(0.6, 2.4), Path("pack.zip"), case=replace(CASE, **case))  # type: ignore[arg-type]
    work.mkdir()
    (made,) = EXPORTERS["evidence"](request, work, context, ExportControl())
    return made


@pytest.fixture(scope="module")
def made(context: ExportContext, tmp_path_factory: pytest.TempPathFactory) -> Product:
    return written(context, tmp_path_factory.mktemp("made") / "work")


@pytest.fixture
def pack(made: Product, tmp_path: Path) -> Path:
    """A pack of one's own to spoil."""
    return Path(shutil.copy(made.path, tmp_path / "pack.zip"))


def test_a_pack_is_complete_and_intact(made: Product, context: ExportContext, tmp_path: Path) -> None:
    assert [check for check in made.checks if check.verdict == "FAIL"] == []
    verdict = verify_pack(made.path)
    assert verdict.intact
    with zipfile.ZipFile(made.path) as pack:
        names = pack.namelist()
        manifest = json.loads(pack.read(MANIFEST))
        pack.extractall(tmp_path)
    assert {"originals/Gate-1.mp4", "originals/Gate-2.mp4", "dehazed/Gate.mp4", "frames/Gate.csv", LOG, "summary.txt",
            "summary.html"} <= set(names)
    recordings = context.library.of("Gate")
    assert [(one["name"], one["sha256"]) for one in manifest["sources"]] == [(r.path.name, sha256_of(r.path)) for r in recordings]
    assert manifest["network"]["weights_sha256"] == context.engine.card.sha256  # type: ignore[attr-defined]
    assert manifest["settings"]["options"]["Gate"]["strength"] == 100.0
    assert {"dehazer", "python", "av", "numpy", "libavcodec"} <= manifest["software"].keys()
    assert manifest["log"]["entries"] == 3
    assert log_faults((tmp_path / LOG).read_text("utf-8")) == []
    assert len(manifest["pictures"]) == 3
    assert manifest["pictures"][1][0].endswith("20260131-130000-800-original.png")


def test_the_table_gives_the_place_of_every_frame(made: Product, context: ExportContext, tmp_path: Path) -> None:
    with zipfile.ZipFile(made.path) as pack:
        pack.extractall(tmp_path)
    rows = list(csv.DictReader((tmp_path / "frames/Gate.csv").read_text("utf-8").splitlines()))
    with FileSource(tmp_path / "dehazed/Gate.mp4") as film:
        times = [frame.seconds for frame in film]
    assert len(rows) == len(times) == 45
    assert [float(row["seconds"]) for row in rows] == pytest.approx(times, abs=1e-5)
    assert (rows[0]["source"], rows[0]["wall_clock_utc"]) == ("gate.mp4", "2026-01-31T12:00:00.600000+00:00")
    assert (rows[35]["source"], rows[35]["source_pts"], rows[35]["wall_clock_local"]) == (
        "gate-2.mp4", "0", "2026-01-31T13:00:02.000000+01:00")


def test_weights_of_one_s_own_are_named_by_their_hash(context: ExportContext, tmp_path: Path) -> None:
    """Through the engine that the window shares."""
    own = tmp_path / "own.safetensors"
    packaged = find_weights(model_spec("field"), "real").path
    shutil.copy(packaged, own)
    shutil.copy(packaged.with_suffix(".json"), own.with_suffix(".json"))
    with SharedEngine(EngineOptions(weights=str(own), device="cpu", backend="torch")) as engine:
        made = written(replace(context, engine=engine), tmp_path / "work")
    with zipfile.ZipFile(made.path) as pack:
        used = json.loads(pack.read(MANIFEST))["network"]
    assert (used["weights_file"], used["weights_sha256"]) == ("own.safetensors", sha256_of(packaged))


@pytest.mark.skipif(sys.platform != "linux", reason="only there may the name of a file be no text")
def test_file_names_that_are_no_utf_8_are_written(context: ExportContext, tmp_path: Path) -> None:
    one = record(tmp_path / os.fsdecode(b"gate-\xe9.mp4"))
    own = replace(context, library=Recordings((one,)), log=OperatorLog(tmp_path / "operator.jsonl"))
    own.log.add("opened", folder=str(one.path))
    made = written(own, tmp_path / "work")
    assert verify_pack(made.path).faults == ()
    with zipfile.ZipFile(made.path) as pack:
        assert json.loads(pack.read(MANIFEST))["sources"][0]["name"] == one.path.name
        assert b"gate-\\udce9.mp4" in pack.read("summary.txt")


class Page(HTMLParser):
    """Tags, texts and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for key, value in attrs if key in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_needs_no_other_file_and_shows_words_as_words(made: Product) -> None:
    with zipfile.ZipFile(made.path) as pack:
        page, text = Page(pack.read("summary.html").decode()), pack.read("summary.txt").decode()
    assert page.tags.count("img") == 6
    assert all(address.startswith("data:image/jpeg;base64,") for address in page.addresses)
    assert "b" not in page.tags
    for words in ("<b>Collision</b>", "Übergabe & Prüfung", "2026-01-31 13:00:00.600 CET +01:00"):
        assert words in page.text
        assert words in text


def flipped(pack: Path, place: int, bits: int) -> None:
    data = bytearray(pack.read_bytes())
    data[place % len(data)] ^= bits
    pack.write_bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), bits=st.integers(1, 255))
def test_every_change_of_a_byte_is_found(pack: Path, made: Product, place: int, bits: int) -> None:
    shutil.copy(made.path, pack)
    flipped(pack, place, bits)
    verdict = verify_pack(pack)
    assert not verdict.intact
    assert verdict.faults


def test_every_byte_around_the_members_counts(pack: Path, made: Product) -> None:
    """Of the structure of the ZIP file: all bytes of the first header, of the directory and of the seal."""
    size = made.path.stat().st_size
    data = made.path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    for place in (*range(43), *range(directory, size, 7), *range(size - 120, size)):
        pack.write_bytes(data)
        flipped(pack, place, 1)
        assert not verify_pack(pack).intact, place


def sealed_anew(pack: Path, data: bytes) -> PackVerdict:
    """What anybody can do: make the seal fit other bytes."""
    pack.write_bytes(data[:-DIGITS] + hashlib.sha256(data[:-DIGITS]).hexdigest().encode())
    return compare_pack(pack)


@pytest.mark.parametrize("name", ["dehazed/Gate.mp4", "more.mp4"])
def test_an_entry_that_the_directory_does_not_list_is_found(pack: Path, name: str) -> None:
    """Programs that read a ZIP file from its start would take out the forged film."""
    with zipfile.ZipFile(pack, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that the name is there twice
        file.writestr(name, b"forged")
        file.filelist.pop()
    (fault,) = sealed_anew(pack, pack.read_bytes()).altered
    assert fault.startswith("Bytes that belong to no member lie between the last member and the directory")


def test_an_entry_between_two_others_is_found(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(tmp_path / "forged.zip", "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "dehazed/Gate.mp4":
                new.writestr("hidden.mp4", b"forged")
                new.filelist.pop()
            new.writestr(info, data)
        new.comment = old.comment
    (fault,) = sealed_anew(pack, (tmp_path / "forged.zip").read_bytes()).altered
    assert fault == "Bytes that belong to no member lie before dehazed/Gate.mp4."


def test_bytes_before_the_first_member_are_found(pack: Path) -> None:
    assert sealed_anew(pack, b"forged" + pack.read_bytes()).altered[0].startswith("Bytes that belong to no member lie before")


@pytest.mark.parametrize(("place", "value"), [(6, 8), (8, 8), (26, 12), (30, ord("x"))])
def test_a_local_header_that_differs_from_the_directory_is_found(pack: Path, place: int, value: int) -> None:
    """Flags, compression, length of the name, name."""
    data = bytearray(pack.read_bytes())
    data[place] = value
    assert any(fault.startswith("The local header of manifest.json") for fault in sealed_anew(pack, bytes(data)).altered)


def test_bytes_in_an_extra_field_are_found(pack: Path, tmp_path: Path) -> None:
    """Or in the comment: room enough for a forged table."""
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(tmp_path / "forged.zip", "w") as new:
        for info in old.infolist():
            data = old.read(info)
            info.extra = struct.pack("<HH", 0x7777, 2000) + b"f" * 2000 if info.filename == LOG else b""
            new.writestr(info, data)
        new.comment = old.comment
    assert sealed_anew(pack, (tmp_path / "forged.zip").read_bytes()).altered == (
        "log.jsonl carries bytes that are no part of it.",)


def test_a_data_descriptor_is_found(pack: Path) -> None:
    data = bytearray(pack.read_bytes())
    with zipfile.ZipFile(pack) as file:
        directory = file.start_dir
    data[6] = data[directory + 8] = 8
    assert sealed_anew(pack, bytes(data)).altered == ("manifest.json carries bytes that are no part of it.",)


def test_sizes_of_64_bits_are_read(pack: Path, tmp_path: Path) -> None:
    """As they stand in the pack of a long film."""
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(tmp_path / "wide.zip", "w") as new:
        for info in old.infolist():
            data = old.read(info)
            with new.open(info, "w", force_zip64=True) as member:
                member.write(data)
        new.comment = old.comment
    assert sealed_anew(pack, (tmp_path / "wide.zip").read_bytes()).faults == ()


def test_bytes_in_the_comment_before_the_seal_are_found(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as file:
        file.comment = b"forged" + file.comment
    assert not sealed_anew(pack, pack.read_bytes()).intact


@pytest.mark.parametrize("method", [8, 12, 14])
def test_a_compressed_member_is_named_and_never_read(pack: Path, method: int) -> None:
    """Also where its bytes are nothing that the method could read."""
    data = bytearray(pack.read_bytes())
    with zipfile.ZipFile(pack) as file:
        directory = file.start_dir
    data[8] = data[directory + 10] = method
    assert sealed_anew(pack, bytes(data)).altered == (
        "manifest.json is compressed or encrypted, which no evidence pack is; nothing can be compared.",)


@pytest.mark.parametrize("cut", [1, 64, 500, 5000])
def test_a_pack_cut_off_is_found(pack: Path, cut: int) -> None:
    pack.write_bytes(pack.read_bytes()[:-cut])
    assert not verify_pack(pack).intact


def test_bytes_behind_the_end_are_found(pack: Path) -> None:
    pack.write_bytes(pack.read_bytes() + b"\0")
    assert not verify_pack(pack).intact


def test_no_zip_file_at_all(pack: Path) -> None:
    for data in (b"", b"text", os.urandom(5000)):
        pack.write_bytes(data)
        assert "cannot be listed" in verify_pack(pack).faults[0]


Members = dict[str, bytes]


def rewritten(pack: Path, change: Callable[[Members], Members], seal: bool = True) -> PackVerdict:
    """Write a pack anew with other members, with a seal that fits: only manifest and log can tell then."""
    with zipfile.ZipFile(pack) as old:
        members = change({name: old.read(name) for name in old.namelist()})
    folder = pack.parent / "members"
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    pack.unlink()
    if seal:
        write_sealed(pack, folder, [folder / name for name in members], ExportControl())
    else:
        with zipfile.ZipFile(pack, "w") as new:
            for name in members:
                new.write(folder / name, name)
    return compare_pack(pack)


def test_a_pack_written_anew_with_the_same_members_is_intact_with_its_seal_only(pack: Path) -> None:
    assert rewritten(pack, lambda members: members).intact
    verdict = rewritten(pack, lambda members: members, seal=False)
    assert len(verdict.faults) == 1
    assert verdict.faults[0].startswith("All members are as recorded, but the ZIP file around them was altered or written anew")


def test_an_altered_member_is_named(pack: Path) -> None:
    verdict = rewritten(pack, lambda m: m | {"frames/Gate.csv": m["frames/Gate.csv"].replace(b"12:00:00.6", b"12:00:00.7")})
    assert (verdict.altered, verdict.missing, verdict.added) == (("frames/Gate.csv was altered.",), (), ())


def test_missing_added_and_renamed_members_are_named(pack: Path) -> None:
    def change(members: Members) -> Members:
        rest = {name: data for name, data in members.items() if name not in ("summary.txt", "originals/Gate-1.mp4")}
        return rest | {"originals/other.mp4": members["originals/Gate-1.mp4"], "note.txt": b"added"}

    verdict = rewritten(pack, change)
    assert verdict.missing == ("summary.txt is missing.",)
    assert verdict.altered == ("originals/Gate-1.mp4 was renamed to originals/other.mp4.",)
    assert verdict.added == ("note.txt was added.",)


def test_a_member_that_is_there_twice_is_named(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("summary.txt", "another one")
    assert any("summary.txt is there 2 times" in fault for fault in verify_pack(pack).faults)


def test_a_pack_without_its_manifest_says_so(pack: Path) -> None:
    verdict = rewritten(pack, lambda members: {name: data for name, data in members.items() if name != MANIFEST})
    assert verdict.faults == ("manifest.json is missing: nothing can be compared.",)
    pack_with = rewritten(pack, lambda members: members | {MANIFEST: b"[]"})
    assert "cannot be read; nothing else can be compared" in pack_with.faults[0]


def with_log(change: Callable[[list[str]], list[str]]) -> Callable[[Members], Members]:
    """Another log, and a manifest that agrees with its bytes: only the chain can tell."""
    def changed(members: Members) -> Members:
        log = "".join(change(members[LOG].decode().splitlines(keepends=True))).encode()
        manifest = json.loads(members[MANIFEST])
        manifest["members"][LOG] = {"size": len(log), "sha256": hashlib.sha256(log).hexdigest()}
        return members | {LOG: log, MANIFEST: json.dumps(manifest).encode()}

    return changed


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda lines: [lines[1], lines[0], lines[2]], "Entry 1 of the operator log does not follow"),
    (lambda lines: [lines[0], lines[2]], "Entry 2 of the operator log does not follow"),
    (lambda lines: [lines[0], lines[1].replace("Lorry", "Car"), lines[2]], "Entry 2 of the operator log was altered"),
    (lambda lines: lines[:2], "The operator log ends with another entry"),
    (lambda lines: [*lines, lines[2]], "Entry 4 of the operator log does not follow"),
    (lambda lines: [lines[0], "nonsense\n", *lines[1:]], "Line 2 of the operator log is no entry")])
def test_the_chain_of_the_log_tells(pack: Path, change: Callable[[list[str]], list[str]], sentence: str) -> None:
    verdict = rewritten(pack, with_log(change))
    assert verdict.altered[0].startswith(sentence)


def test_the_log_is_kept_and_never_continued_when_it_was_changed(tmp_path: Path) -> None:
    log = OperatorLog(tmp_path / "log.jsonl")
    for number in range(3):
        log.add("step", number=number, text="ä=1")
    assert OperatorLog(tmp_path / "log.jsonl").entries == log.entries
    assert log_faults(log_text(log.entries)) == []
    (tmp_path / "log.jsonl").write_text(log_text(log.entries[:1] + log.entries[2:]), "utf-8")
    with pytest.raises(ValueError, match="entry 2 of the operator log does not follow"):
        OperatorLog(tmp_path / "log.jsonl")


@given(names=st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=4))
@example(names=["a\u2028b\u2029c\x85d", "\udce9.mp4", "\r\x0b\x0c\x1c"])
def test_a_log_holds_every_file_name(names: list[str]) -> None:
    """Also line separators of Unicode, and bytes that are no UTF-8."""
    with TemporaryDirectory() as folder:
        log = OperatorLog(Path(folder) / "log.jsonl")
        for name in names:
            log.add("opened", name=name)
        text = (Path(folder) / "log.jsonl").read_bytes().decode("ascii")
        assert OperatorLog(Path(folder) / "log.jsonl").entries == log.entries
    assert log_faults(text) == []
    assert last_hash(text) == log.entries[-1].hash


def test_a_log_with_line_separators_as_they_are_is_read() -> None:
    """As earlier versions wrote it."""
    log = OperatorLog()
    entry = log.add("opened", name="a\u2028b\x85")
    text = json.dumps(vars(entry), ensure_ascii=False) + "\n"
    assert (log_faults(text), last_hash(text)) == ([], entry.hash)


def test_the_command_needs_the_standard_library_alone(pack: Path) -> None:
    """Without site packages, environment and current folder; every library that it would load from elsewhere is missing."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from dehazer.cli.verify import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-S", "-I", "-c", code, str(pack)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "INTACT" in done.stdout
    flipped(pack, 1000, 1)
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "NOT AS IT WAS WRITTEN" in done.stdout


def test_the_command_says_what_and_answers_in_its_code(pack: Path, made: Product, capsys: pytest.CaptureFixture[str]) -> None:
    rewritten(pack, lambda members: members | {"note.txt": b"added"})
    assert main([str(made.path), str(pack)]) == 1
    out = capsys.readouterr().out
    assert f"{made.path}: INTACT" in out
    assert "  ADDED    note.txt was added." in out
    assert main([str(pack.parent / "none.zip")]) == 3
    assert "none.zip cannot be read: no such file" in capsys.readouterr().err
    assert main(["--json", str(made.path)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["intact"] is True
    assert main(["--key", "SHA256:x", str(made.path)]) == 1
    assert "NOT SIGNED AS DEMANDED" in capsys.readouterr().out


@pytest.fixture
def key(tmp_path: Path) -> Path:
    pytest.importorskip("cryptography", reason='signing needs cryptography: pip install "dehazer[signature]"')
    from dehazer.review.pack_signature import make_key

    make_key(tmp_path / "key.pem")
    return tmp_path / "key.pem"


def test_a_signed_pack_names_its_key(context: ExportContext, tmp_path: Path, key: Path,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    from dehazer.review.pack_signature import key_fingerprint

    made = written(context, tmp_path / "work", sign_with=key)
    assert [check for check in made.checks if check.verdict == "FAIL"] == []
    verdict = verify_pack(made.path)
    assert (verdict.intact, verdict.signature, verdict.signer) == (True, "valid", key_fingerprint(key))
    assert verdict.signer in verdict.signature_text
    assert main(["--key", key_fingerprint(key), str(made.path)]) == 0
    assert main(["--key", "SHA256:another", str(made.path)]) == 1
    assert str(key) not in made.path.read_bytes().decode("latin-1")
    capsys.readouterr()


def test_a_manifest_that_was_made_to_fit_does_not_fit_its_signature(context: ExportContext, tmp_path: Path, key: Path) -> None:
    from dehazer.review.pack_signature import make_key, sign

    pack = written(context, tmp_path / "work", sign_with=key).path
    rewritten(pack, with_log(lambda lines: lines))
    assert verify_pack(pack).signature == "invalid"
    make_key(tmp_path / "other.pem")

    def signed_anew(members: Members) -> Members:
        return members | {SIGNATURE: json.dumps(sign(members[MANIFEST], tmp_path / "other.pem")).encode()}

    rewritten(pack, signed_anew)
    assert "signature.json is of another key than the manifest names." in verify_pack(pack).faults
    unsigned = rewritten(pack, lambda members: {name: data for name, data in members.items() if name != SIGNATURE})
    assert "signature.json is missing" in unsigned.missing[0]


def test_a_key_is_never_overwritten_and_a_wrong_one_is_told(key: Path, tmp_path: Path) -> None:
    from dehazer.review.pack_signature import key_fingerprint, make_key

    with pytest.raises(OutputExistsError, match="may be a key"):
        make_key(key)
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0
    (tmp_path / "text.pem").write_text("no key")
    with pytest.raises(InputError, match="no Ed25519 key"):
        key_fingerprint(tmp_path / "text.pem")


def test_a_signature_that_nobody_can_check_is_told_as_such(pack: Path) -> None:
    signature = json.dumps({"algorithm": "Ed25519", "public_key": "00", "fingerprint": "SHA256:x", "signature": "00"}).encode()

    def signed(members: Members) -> Members:
        manifest = json.loads(members[MANIFEST]) | {"signed_by": "SHA256:x"}
        return members | {MANIFEST: json.dumps(manifest).encode(), SIGNATURE: signature}

    verdict = rewritten(pack, signed)
    assert (verdict.intact, verdict.signature, verdict.signature_text) == (True, "unchecked", "The signature was not checked.")
