"""Sound, text and attachments, packet for packet, without a video sink around the copying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from dehazer.files.containers import container_of
from dehazer.sinks._descriptions import cut_chapters, is_exotic, stream_tags
from dehazer.sinks._input_properties import InputHead, read_head
from dehazer.sinks._stream_copier import StreamCopier
from dehazer.sinks.additions import CopiedSpan
from tests.media import Film, Parcel, Sound, parcels_of, write_film

FILM = Film(frames=50, sounds=(Sound(seconds=2.0), Sound("libmp3lame", 44100, seconds=2.0, language="fra")),
            captions=("Nebel", "klar", "Sonne"), chapters=("fog", "sun"), attachment=b"notes")
Work = Callable[[StreamCopier, OutputContainer], None]
WHOLE = CopiedSpan()


def everything(copier: StreamCopier, output: OutputContainer) -> None:
    copier.copy_until(output, None)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sound tracks, three subtitles, two chapters, one attachment."""
    return write_film(tmp_path_factory.mktemp("films") / "in.mkv", FILM)


def copied(source: Path, target: Path, span: CopiedSpan = WHOLE, work: Work = everything) -> StreamCopier:
    """The streams of `source` but its pictures in `target`; `work` does the copying."""
    with av.open(str(source)) as file, av.open(str(target), "w", format=container_of(target).format) as output:
        video = file.streams.video[0]
        copier = StreamCopier(file, video, container_of(target), read_head(file, video))
        for stream in copier.streams:
            copier.add_to(output, stream)
        output.start_encoding()
        copier.begin(span)
        work(copier, output)
    return copier


def within(parcels: list[Parcel], start: Fraction, end: Fraction, shift: Fraction) -> list[tuple[Fraction, bytes]]:
    return [((p.pts or 0) + shift, p.data) for p in parcels if start <= (p.pts or 0) < end]


def test_every_packet_arrives_with_its_time_and_language(film: Path, tmp_path: Path) -> None:
    copier = copied(film, tmp_path / "out.mkv")
    for kind, number in (("audio", 0), ("audio", 1), ("subtitle", 0)):
        assert parcels_of(tmp_path / "out.mkv", kind, number) == parcels_of(film, kind, number) != []
    with av.open(str(tmp_path / "out.mkv")) as file:
        assert [s.metadata.get("language") for s in file.streams][:3] == ["eng", "fra", "deu"]
    assert (copier.left_out, copier.warnings) == ([], ())


@pytest.mark.parametrize("shift", [Fraction(0), Fraction(-1, 2), Fraction(1, 4)])
def test_a_span_is_cut_out_and_moved(film: Path, tmp_path: Path, shift: Fraction) -> None:
    start, end = Fraction(1, 2), Fraction(3, 2)
    copied(film, tmp_path / "out.mkv", CopiedSpan(start, end, shift))
    for number in (0, 1):
        found = [(p.pts, p.data) for p in parcels_of(tmp_path / "out.mkv", "audio", number)]
        assert found == within(parcels_of(film, "audio", number), start, end, shift)
        assert len(found) > 30


def test_a_span_holds_its_first_packet_and_not_the_one_it_ends_with(film: Path, tmp_path: Path) -> None:
    whole = parcels_of(film, "audio")
    copied(film, tmp_path / "out.mkv", CopiedSpan(whole[10].pts, whole[20].pts))
    assert parcels_of(tmp_path / "out.mkv", "audio") == whole[10:20]


def test_copying_keeps_in_step_with_the_pictures(film: Path, tmp_path: Path) -> None:
    """What belongs before a picture is written before it, what belongs behind it is not."""
    last: list[Fraction] = []

    def in_steps(copier: StreamCopier, output: OutputContainer) -> None:
        mux = output.mux

        class Noting:
            format = output.format

            def mux(self, packet: Packet[Stream]) -> None:
                last.append(Fraction(packet.dts or 0) * packet.time_base)
                mux(packet)

        for seconds in (Fraction(1, 2), Fraction(1), Fraction(3, 2)):
            copier.copy_until(Noting(), seconds)  # type: ignore[arg-type]
            assert seconds - Fraction(1, 10) < max(last) <= seconds
        copier.copy_until(output, None)

    copied(film, tmp_path / "out.mkv", work=in_steps)
    assert parcels_of(tmp_path / "out.mkv", "audio") == parcels_of(film, "audio")


def test_what_a_file_type_cannot_hold_is_left_out_with_a_sentence(film: Path, tmp_path: Path) -> None:
    (left_out,) = copied(film, tmp_path / "out.mp4").left_out
    assert left_out.startswith("The attachment")
    assert parcels_of(tmp_path / "out.mp4", "audio")


def test_an_end_of_text_is_not_copied_into_mp4_twice(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mp4", Film(captions=("Nebel", "klar")))
    copied(source, tmp_path / "out.mp4")
    assert parcels_of(tmp_path / "out.mp4", "subtitle") == parcels_of(source, "subtitle")


def repeated_head(film: Path) -> InputHead:
    """The first sound packets as if they came twice."""
    with av.open(str(film)) as file:
        packets = [p for p, _ in zip(file.demux(audio=0), range(3), strict=False)]
        return InputHead(None, "", tuple(packets), {}, Fraction(0))


@pytest.mark.parametrize(("ending", "moved"), [("mkv", 2), ("nut", 3)])  # times may stand still in Matroska
def test_times_that_go_back_are_moved_and_counted(film: Path, tmp_path: Path, ending: str, moved: int) -> None:
    target = tmp_path / f"out.{ending}"
    with av.open(str(film)) as file, av.open(str(target), "w", format=container_of(target).format) as output:
        copier = StreamCopier(file, file.streams.video[0], container_of(target), repeated_head(film))
        for stream in copier.streams:
            copier.add_to(output, stream)
        output.start_encoding()
        copier.begin(CopiedSpan())
        copier.copy_until(output, None)
    times = [p.dts for p in parcels_of(target, "audio")]
    assert times == sorted(times)
    assert len(times) == len(parcels_of(film, "audio")) + 3
    assert copier.moved == moved
    assert copier.warnings == (f"{moved} packets of sound or text had times that went back; they were moved.",)


def test_an_input_that_breaks_off_is_said(film: Path, tmp_path: Path) -> None:
    def breaking(copier: StreamCopier, output: OutputContainer) -> None:
        whole = copier._packets
        assert whole is not None

        def packets() -> Iterator[Packet[Stream]]:
            yield from (packet for packet, _ in zip(whole, range(10), strict=False))
            raise av.error.OSError(5, "Input/output error")

        copier._packets = packets()
        copier.copy_until(output, None)
        copier.copy_until(output, None)  # it stays at its end

    copier = copied(film, tmp_path / "out.mkv", work=breaking)
    assert len(copier.warnings) == 1
    assert "could not be read to its end" in copier.warnings[0]
    assert "Input/output error" in copier.warnings[0]


def test_another_film_is_copied_and_named(film: Path) -> None:
    with av.open(str(film)) as file:
        sound = StreamCopier(file, file.streams.video[0], container_of(film), InputHead(None, "", (), {}, Fraction(0)))
        assert sound.other_films == []
        assert [s.type for s in sound.streams] == ["audio", "audio", "subtitle", "attachment"]
        assert sound.latest_start() == 0


def test_the_latest_start_is_that_of_sound(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(sounds=(Sound(), Sound("libmp3lame", start=0.5))))
    with av.open(str(source)) as file:
        copier = StreamCopier(file, file.streams.video[0], container_of(source), InputHead(None, "", (), {}, Fraction(0)))
        assert copier.latest_start() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("start", "end", "shift", "wanted"), [
    (None, None, 0, [(0, 300), (300, 600)]), (Fraction(1, 10), None, 0, [(100, 300), (300, 600)]),
    (None, Fraction(3, 10), 0, [(0, 300)]), (Fraction(2, 5), Fraction(1, 2), Fraction(-2, 5), [(0, 100)]),
])
def test_chapters_are_cut_to_a_span_and_moved_with_it(film: Path, start: Fraction | None, end: Fraction | None, shift: Fraction,
                                                      wanted: list[tuple[int, int]]) -> None:
    with av.open(str(film)) as file:
        chapters = cut_chapters(file, CopiedSpan(start, end, Fraction(shift)))
    scale = [Fraction(1000) * c["time_base"] for c in chapters]  # type: ignore[operator]
    assert [(c["start"] * s, c["end"] * s) for c, s in zip(chapters, scale, strict=True)] == wanted  # type: ignore[operator]


def test_a_title_has_the_name_that_the_file_type_wants() -> None:
    assert stream_tags({"name": "left", "language": "deu"}, container_of(Path("a.mp4"))) == {"title": "left", "language": "deu"}
    assert stream_tags({"name": "left", "title": "right"}, container_of(Path("a.mp4"))) == {"title": "right"}
    assert stream_tags({"name": "left"}, container_of(Path("a.mkv"))) == {"name": "left"}


@pytest.mark.parametrize(("tags", "exotic"), [({"title": "x", "Artist": "y"}, False), ({"lyrics-deu": "x"}, False), ({}, False),
                                              ({"com.android.version": "17"}, True)])
def test_names_that_mp4_would_drop_are_known(tags: dict[str, str], exotic: bool) -> None:
    assert is_exotic(tags) == exotic
