"""The clips of scripts/fidelity.py: what professionals hand in, one line each, made by the program ffmpeg and by Pillow.

A recipe is one or more lines of arguments for ffmpeg, in a folder with the parts of `write_parts`. $V stands for test pictures,
$A for a tone, $OUT for the clip; "cat a b" puts files one behind the other.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from _fidelity_pictures import PICTURES, exif, translucent
from PIL import Image

SIZE, FRAMES = "64x48", 8
_HDR = ("-c:v libx265 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -x265-params "
        "log-level=none:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):"
        "max-cll=1000,400")
_WORDS = {"V": f"-f lavfi -i testsrc2=size={SIZE}:rate=25:duration=0.32", "A": "-f lavfi -i sine=duration=0.32", "HDR": _HDR,
          "X265": "-c:v libx265 -x265-params log-level=none", "AV1": "-c:v libaom-av1 -cpu-used 8"}
_HALF = "-vf format=rgba,colorchannelmixer=aa=0.5"
_AT = f"-f lavfi -i testsrc2=size={SIZE}:rate={{}} -frames:v {FRAMES}"
_VARIABLE = r"-vf setpts='(N+0.3*mod(N\,3))/25/TB' -vsync vfr -enc_time_base 1/1000"
_SUBTITLES = "1\n00:00:00,000 --> 00:00:00,100\nNebel\n\n2\n00:00:00,160 --> 00:00:00,300\nklar\n"
_CHAPTER = "[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle={}\n"
_CHAPTERS = (";FFMETADATA1\ntitle=Der Weg\nartist=Ich\ncomment=im Nebel\n"
             + _CHAPTER.format(0, 160, "Nebel") + _CHAPTER.format(160, 320, "Sonne"))


@dataclass(frozen=True)
class Clip:
    """One input and the result asked of it. target: ending of the result. flags: of dehazer-video.

    make: a recipe, or a function that writes the file.
    """

    name: str
    ending: str
    make: str | Callable[[Path], None]
    target: str
    flags: tuple[str, ...] = ()

    def write(self, folder: Path, path: Path) -> None:
        """Make the clip at `path`; folder: that of the parts. Raises CalledProcessError with ffmpeg's words."""
        if callable(self.make):
            self.make(path)
            return
        for line in self.make.split(";;"):
            words = shlex.split(Template(line).substitute(_WORDS, OUT=shlex.quote(str(path))))
            if words[0] == "cat":
                Path(words[-1]).write_bytes(b"".join((folder / name).read_bytes() for name in words[1:-1]))
            else:
                subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words], cwd=folder, check=True, capture_output=True)


def write_parts(folder: Path) -> None:
    """What recipes take: subtitles, chapters, a font, a cover, pieces of transport streams."""
    (folder / "text.srt").write_text(_SUBTITLES, "utf-8")
    (folder / "chapters.txt").write_text(_CHAPTERS, "utf-8")
    (folder / "font.ttf").write_bytes(bytes(range(256)) * 8)
    Image.new("RGB", (32, 32), (200, 100, 50)).save(folder / "cover.jpg")
    Image.new("RGB", (32, 32), (50, 100, 200)).save(folder / "cover.png")


def _film(name: str, recipe: str, ending: str, target: str | None = None, *flags: str) -> Clip:
    return Clip(f"{ending}: {name}" + (f" to {target}" if target not in (None, ending) else ""), ending, f"{recipe} $OUT",
                target or ending, flags)


_CODECS: dict[str, dict[str, str]] = {
    "mp4": {"h264": "-c:v libx264", "hevc": "$X265 -tag:v hvc1", "hevc hev1": "$X265 -tag:v hev1", "mpeg4": "-c:v mpeg4",
            "av1": "$AV1", "vp9": "-c:v libvpx-vp9", "mjpeg": "-c:v mjpeg"},
    "m4v": {"h264": "-c:v libx264"},
    "mov": {"h264": "-c:v libx264", "hevc": "$X265 -tag:v hvc1", "mpeg4": "-c:v mpeg4", "mjpeg": "-c:v mjpeg",
            "qtrle": "-c:v qtrle", "png": "-c:v png", "cineform": "-c:v cfhd -pix_fmt yuv422p10le", "v210": "-c:v v210",
            "raw uyvy": "-c:v rawvideo -pix_fmt uyvy422", "raw rgb24": "-c:v rawvideo -pix_fmt rgb24",
            "raw yuyv": "-c:v rawvideo -pix_fmt yuyv422"},
    "mkv": {"h264": "-c:v libx264", "hevc": "$X265", "mpeg4": "-c:v mpeg4", "mpeg2": "-c:v mpeg2video", "vp8": "-c:v libvpx",
            "vp9": "-c:v libvpx-vp9", "av1": "$AV1", "ffv1": "-c:v ffv1", "huffyuv": "-c:v huffyuv", "ffvhuff": "-c:v ffvhuff",
            "utvideo": "-c:v utvideo", "mjpeg": "-c:v mjpeg", "prores": "-c:v prores_ks", "theora": "-c:v libtheora",
            "raw": "-c:v rawvideo -pix_fmt yuv420p", "png": "-c:v png"},
    "webm": {"vp8": "-c:v libvpx", "vp9": "-c:v libvpx-vp9", "av1": "$AV1"},
    "avi": {"mpeg4": "-c:v mpeg4", "mjpeg": "-c:v mjpeg", "raw bgr24": "-c:v rawvideo -pix_fmt bgr24",
            "raw rgb24": "-c:v rawvideo -pix_fmt rgb24", "raw pal8": "-c:v rawvideo -pix_fmt pal8",
            "raw yuyv": "-c:v rawvideo -pix_fmt yuyv422", "raw yuv420p": "-c:v rawvideo -pix_fmt yuv420p",
            "huffyuv": "-c:v huffyuv", "ffv1": "-c:v ffv1", "msmpeg4": "-c:v msmpeg4v2", "utvideo": "-c:v utvideo",
            "h264": "-c:v libx264 -bf 0", "xvid": "-c:v libxvid"},
    "ts": {"h264": "-c:v libx264", "hevc": "$X265", "mpeg2": "-c:v mpeg2video", "mpeg4": "-c:v mpeg4"},
    "m2ts": {"h264": "-c:v libx264"},
    "mts": {"h264": "-c:v libx264"},
    "nut": {"ffv1": "-c:v ffv1", "raw": "-c:v rawvideo -pix_fmt yuv420p", "mpeg4": "-c:v mpeg4"},
    "flv": {"h264": "-c:v libx264", "flv1": "-c:v flv"},
}
"""Every codec in every file type that is written."""

_READ_ONLY: dict[str, tuple[str, str]] = {
    "mpg": ("-c:v mpeg2video", "mkv"), "mpeg": ("-c:v mpeg1video", "mkv"), "vob": ("-c:v mpeg2video", "mkv"),
    "wmv": ("-c:v wmv2", "mkv"), "asf": ("-c:v wmv1", "mkv"), "ogv": ("-c:v libtheora", "mkv"),
    "3gp": ("-c:v h263 -s 128x96", "mkv"), "mxf": ("-c:v mpeg2video", "mov"), "gif": ("", "mkv"), "y4m": ("", "mkv"),
    "h264": ("-c:v libx264", "mp4"), "hevc": ("$X265", "mp4"), "ivf": ("-c:v libvpx-vp9", "webm"),
    "m2v": ("-c:v mpeg2video", "mkv"), "mjpeg": ("-c:v mjpeg -f mjpeg", "mov"),
}
"""File types that are read only: ending → codec, ending of the result."""

_SAMPLES: dict[str, tuple[str, ...]] = {
    "-c:v libx264": ("yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "gray", "gray10le", "yuvj420p"),
    "$X265": ("yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuv422p12le", "yuv444p12le",
              "gbrp", "gray"),
    "-c:v libvpx-vp9": ("yuv422p", "yuv440p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le",
                        "yuv444p12le", "gbrp"),
    "$AV1": ("yuv422p", "yuv444p", "yuv420p10le", "yuv444p10le", "yuv420p12le"),
    "-c:v ffv1": ("yuv422p", "yuv444p", "yuv411p", "yuv440p", "yuv420p10le", "yuv444p12le", "gray", "gray10le", "gray12le",
                  "bgr0", "gbrp10le", "gbrp12le", "yuva420p", "yuva444p10le", "yuv420p16le", "yuv422p16le", "yuv444p16le"),
}
"""Depth and chroma of every codec that has a choice, in Matroska."""

_STUDIO: dict[str, str] = {
    **{f"prores {name}": f"-c:v prores_ks -profile:v {name} -pix_fmt yuv422p10le" for name in ("proxy", "lt", "standard", "hq")},
    "prores 4444": "-c:v prores_ks -profile:v 4444 -pix_fmt yuv444p10le",
    "prores 4444 alpha": f"{_HALF} -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le",
    "prores 4444xq": "-c:v prores_ks -profile:v 4444xq -pix_fmt yuv444p10le",
    **{f"dnxhr {name}": f"-s 256x128 -c:v dnxhd -profile:v dnxhr_{name} -pix_fmt {fmt}" for name, fmt in
       (("lb", "yuv422p"), ("sq", "yuv422p"), ("hq", "yuv422p"), ("hqx", "yuv422p10le"), ("444", "yuv444p10le"))},
    **{f"dnxhd {name}": f"-s 1920x1080 -r {rate} -c:v dnxhd -b:v {name} -pix_fmt yuv422p" for name, rate in
       (("120M", "25"), ("185M", "25"), ("36M", "24000/1001"))},
    "qtrle alpha": f"{_HALF} -c:v qtrle -pix_fmt argb",
    "png alpha": f"{_HALF} -c:v png -pix_fmt rgba",
}
"""What editors exchange, in QuickTime."""

_COLORS: dict[str, str] = {
    "bt709": "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv",
    "bt601": "-color_primaries smpte170m -color_trc smpte170m -colorspace smpte170m -color_range tv",
    "bt470bg": "-color_primaries bt470bg -color_trc gamma28 -colorspace bt470bg -color_range tv",
    "smpte240m": "-color_primaries smpte240m -color_trc smpte240m -colorspace smpte240m -color_range tv",
    "full range": "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range pc",
    "pq": "-pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -color_range tv",
    "hlg": "-pix_fmt yuv420p10le -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc -color_range tv",
}

_TAGGED = (("mp4", "-c:v libx264"), ("mov", "-c:v prores_ks"), ("mkv", "$X265"), ("webm", "-c:v libvpx-vp9"),
           ("ts", "-c:v libx264"))

_INTERLACED = (("mp4", "-c:v libx264"), ("mkv", "-c:v libx264"), ("ts", "-c:v libx264"), ("ts", "-c:v mpeg2video"),
               ("mov", "-c:v prores_ks"), ("mkv", "-c:v ffv1"), ("mkv", "-c:v mpeg2video"), ("mov", "-c:v mpeg2video"))

_SOUNDS: dict[str, tuple[str, ...]] = {
    "mp4": ("aac", "libmp3lame", "ac3", "eac3", "alac", "flac", "libopus"),
    "mov": ("aac", "pcm_s16le", "pcm_s24le", "pcm_s16be", "pcm_f32le", "alac", "ac3"),
    "mkv": ("aac", "libmp3lame", "mp2", "ac3", "eac3", "flac", "libopus", "libvorbis", "pcm_s16le", "pcm_s24le", "alac", "tta"),
    "webm": ("libopus", "libvorbis"),
    "avi": ("libmp3lame", "mp2", "ac3", "pcm_s16le", "adpcm_ms", "aac"),
    "ts": ("aac", "libmp3lame", "mp2", "ac3", "eac3", "libopus"),
    "nut": ("pcm_s16le", "flac"),
    "flv": ("aac", "libmp3lame"),
}


def _plain() -> Iterator[Clip]:
    for ending, codecs in _CODECS.items():
        for name, options in codecs.items():
            yield _film(name, f"$V {options}", ending)
    for ending, (options, target) in _READ_ONLY.items():
        yield _film("as it comes", f"$V {options}", ending, target)


def _mezzanines() -> Iterator[Clip]:
    """DNxHD and DNxHR in MXF, and transparency across codecs."""
    for name, size, rate, options in (("120M", "1920x1080", "25", ""), ("185M", "1920x1080", "25", "10le"),
                                      ("36M", "1920x1080", "24000/1001", ""), ("240M", "1920x1080", "50", ""),
                                      ("90M", "1280x720", "25", "10le"), ("84M", "1440x1080", "25", "")):
        yield _film(f"dnxhd {name}{' 10 bits' if options else ''}",
                    f"$V -s {size} -r {rate} -c:v dnxhd -b:v {name} -pix_fmt yuv422p{options}", "mxf")
    for name, layout in (("lb", "yuv422p"), ("hq", "yuv422p"), ("hqx", "yuv422p10le"), ("444", "yuv444p10le")):
        yield _film(f"dnxhr {name}", f"$V -s 256x128 -c:v dnxhd -profile:v dnxhr_{name} -pix_fmt {layout}", "mxf")
    clear = f"$V {_HALF} -c:v libvpx-vp9 -pix_fmt yuva420p -auto-alt-ref 0"
    yield _film("vp9 alpha as prores", clear, "webm", "mov", "--codec", "prores")
    yield _film("vp9 alpha", clear, "webm", "mp4")
    yield _film("vp9 alpha spanned", clear, "webm", "webm", "--start", "0.08")
    yield _film("prores 4444 alpha", f"$V {_HALF} -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le", "mov", "webm")
    both = "-i text.srt -i cover.jpg -map 0 -map 1 -map 2 -c:v:0 libx264 -c:v:1 copy -disposition:v:1 attached_pic -c:s mov_text"
    yield _film("subtitles and a cover", f"$V {both}", "mp4")
    for rate in ("1", "1/600"):
        yield _film(f"{rate} frames a second", f"{_AT.format(rate)} -c:v libx264", "mp4")
    yield _film("16 bits png", "$V -c:v png -pix_fmt rgb48be", "mov")
    yield _film("tiff", "$V -c:v tiff -pix_fmt rgb24", "mov")


def _samples() -> Iterator[Clip]:
    for codec, layouts in _SAMPLES.items():
        for layout in layouts:
            yield _film(f"{codec.split()[-1] if 'AV1' not in codec else 'av1'} {layout}", f"$V {codec} -pix_fmt {layout}", "mkv")
    for name, options in _STUDIO.items():
        yield _film(name, f"$V {options}", "mov")
    for codec, encoder in (("vp8", "libvpx"), ("vp9", "libvpx-vp9")):
        for ending in ("webm", "mkv"):
            yield _film(f"{codec} alpha", f"$V {_HALF} -c:v {encoder} -pix_fmt yuva420p -auto-alt-ref 0", ending)
    for place in ("left", "center", "topleft"):
        yield _film(f"chroma {place}", f"$V -c:v libx264 -chroma_sample_location {place}", "mp4")
        yield _film(f"chroma {place}", f"$V ${{X265}}:chromaloc={('left', 'center', 'topleft').index(place)}", "mkv")


def _marks() -> Iterator[Clip]:
    for name, options in _COLORS.items():
        for ending, codec in _TAGGED:
            deep = name in ("pq", "hlg")
            if not (deep and "prores" in codec):
                yield _film(f"{name} {codec.split()[-1]}", f"$V {codec} {options}", ending)
    for ending in ("mp4", "mkv"):
        yield _film("hdr10", "$V $HDR", ending)
    yield _film("hdr10", "$V $HDR", "mp4", "mkv")
    for order, value in (("tff", 1), ("bff", 0)):
        for ending, codec in _INTERLACED:
            fields = f"-vf setfield={order} {codec} -flags +ildct+ilme -top {value}"
            yield _film(f"{order} {codec.split()[-1]}", f"$V {fields}", ending)
    for ending in ("mp4", "mov"):
        for turn in (90, 180, 270):
            yield _film(f"turned by {turn}", f"$V -metadata:s:v rotate={turn} -c:v libx264", ending)
    for target in ("mkv", "mov", "avi", "ts"):
        yield _film("turned by 90", "$V -metadata:s:v rotate=90 -c:v libx264", "mp4", target)
    for ending, codec in (("mp4", "libx264"), ("mov", "prores_ks"), ("mkv", "ffv1"), ("mkv", "libx264"), ("avi", "mpeg4"),
                          ("ts", "mpeg2video"), ("webm", "libvpx-vp9"), ("mp4", "libvpx-vp9")):
        yield _film(f"pixels 16:11 {codec}", f"$V -vf setsar=16/11 -c:v {codec}", ending)


def _beside() -> Iterator[Clip]:
    for ending, codecs in _SOUNDS.items():
        video = {"webm": "libvpx", "avi": "mpeg4"}.get(ending, "libx264 -bf 0" if ending == "nut" else "libx264")
        for codec in codecs:
            yield _film(f"sound {codec}", f"$V $A -c:v {video} -c:a {codec} -strict -2 -ac 2 -ar 48000", ending)
    for name, video in (("mpeg2video", "mpeg2video"), ("dnxhr", "dnxhd -profile:v dnxhr_sq")):
        for codec in ("pcm_s16le", "pcm_s24le"):
            both = f"$V $A $A -map 0 -map 1 -map 2 -s 256x128 -pix_fmt yuv422p -c:v {video} -c:a {codec} -ar 48000"
            yield _film(f"{name} with sound {codec}", both, "mxf")
    yield _film("sound pcm_s24le to mxf", "$V $A -c:v prores_ks -c:a pcm_s24le -ar 48000", "mov", "mxf")
    languages = "-metadata:s:a:0 language=deu -metadata:s:a:1 language=fra -disposition:a:1 default -disposition:a:0 0"
    for ending in ("mp4", "mov", "mkv", "ts", "avi", "nut"):
        bare = "-c:v mpeg4 -c:a mp2" if ending in ("avi", "nut") else "-c:v libx264 -c:a aac"
        yield _film("two languages", f"$V $A $A -map 0 -map 1 -map 2 {bare} {languages}", ending)
    for ending, text in (("mkv", "srt"), ("mkv", "ass"), ("mp4", "mov_text"), ("mov", "mov_text"), ("webm", "webvtt")):
        video = "-c:v libvpx -c:a libopus" if ending == "webm" else "-c:v libx264 -c:a aac"
        subtitles = f"-i text.srt -map 0 -map 1 -map 2 {video} -c:s {text} -metadata:s:s language=deu"
        yield _film(f"subtitles {text}", f"$V $A {subtitles}", ending)
        other = {"mkv": "mp4", "mp4": "mkv", "mov": "mkv", "webm": "mp4"}[ending]
        yield _film(f"subtitles {text}", f"$V $A {subtitles}", ending, other)
    for ending in ("mp4", "mov", "mkv", "nut"):
        bare = "-c:v mpeg4" if ending == "nut" else "-c:v libx264"
        yield _film("chapters and tags", f"$V -i chapters.txt -map_metadata 1 -map_chapters 1 {bare}", ending)
    for ending in ("avi", "flv", "ts"):
        bare = "-c:v mpeg4" if ending == "avi" else "-c:v libx264"
        yield _film("tags", f"$V -metadata title=Weg -metadata comment=Nebel {bare}", ending)
    yield _film("a font", "$V -attach font.ttf -metadata:s:t mimetype=application/x-truetype-font -c:v libx264", "mkv")
    yield _film("a cover", "$V -attach cover.jpg -metadata:s:t mimetype=image/jpeg -c:v libx264", "mkv")
    for picture in ("cover.jpg", "cover.png"):
        cover = f"-i {picture} -map 0 -map 1 -c:v:0 libx264 -c:v:1 copy -disposition:v:1 attached_pic"
        yield _film(f"a cover {picture[6:]}", f"$V {cover}", "mp4")
    yield _film("two films", "$V $V -map 0 -map 1 -c:v libx264", "mp4")
    yield _film("two films", "$V $V -map 0 -map 1 -c:v:0 libx264 -c:v:1 mpeg4", "mkv")


def _times() -> Iterator[Clip]:
    for rate in ("24000/1001", "30000/1001", "60000/1001", "50", "12"):
        for ending in ("mp4", "mkv"):
            yield _film(f"{rate} frames a second", f"{_AT.format(rate)} -c:v libx264", ending)
    for ending in ("mp4", "mov", "mkv", "nut"):
        codec = "mpeg4" if ending == "nut" else "libx264"
        yield _film("variable rate", f"$V {_VARIABLE} -c:v {codec}", ending)
    yield _film("variable rate", f"$V {_VARIABLE} -c:v libx264", "mkv", "avi", "--codec", "mpeg4")
    for ending in ("mp4", "mov", "mkv", "ts"):
        sound = "-c:v libx264 -c:a aac"
        yield _film("sound begins later", f"$V -itsoffset 0.12 $A -map 0 -map 1 {sound}", ending)
        yield _film("pictures begin later", f"-itsoffset 0.2 $V $A -map 0 -map 1 {sound}", ending)
    for target in ("mkv", "mp4"):
        early = "-output_ts_offset -0.2 -avoid_negative_ts disabled -c:v libx264 -bf 0 -c:a aac"
        yield _film("begins before zero", f"$V $A {early}", "mkv", target)
    for codec in ("mpeg2video", "libx264", "mpeg4"):
        yield _film(f"off the grid {codec}", f"$V $A -output_ts_offset 0.013 -c:v {codec} -c:a mp2 -muxdelay 0", "ts")
    yield _film("off the grid mpeg2video", "$V $A -output_ts_offset 0.013 -c:v mpeg2video -c:a mp2", "mkv")
    one = "$V $A -c:v libx264 -bf 0 -c:a mp2"
    for name, first, second, target in (("stops and begins again", 0, 0, "ts"), ("jumps back", 3600, 0, "ts"),
                                        ("jumps ahead", 0, 3600, "ts"), ("jumps back to mkv", 3600, 0, "mkv")):
        pieces = f"{one} -output_ts_offset {first} one.ts;;{one} -output_ts_offset {second} two.ts;;cat one.ts two.ts $OUT"
        yield Clip(f"ts: clock {name}", "ts", pieces, target)
    for ending, rate, code in (("mov", "25", "10:00:00:00"), ("mov", "30000/1001", "01:00:00;00"), ("mp4", "25", "10:00:00:00"),
                               ("mxf", "25", "10:00:00:00")):
        codec = "mpeg2video" if ending == "mxf" else "libx264"
        yield _film(f"timecode {code[8]}", f"{_AT.format(rate)} -c:v {codec} -timecode {code}", ending,
                    "mov" if ending == "mxf" else ending)
    yield _film("timecode :", "$V -c:v libx264 -timecode 10:00:00:00", "mov", "mkv")
    for ending in ("mp4", "mov", "mkv", "ts", "avi"):
        bare = "-c:v mpeg4 -c:a mp2" if ending == "avi" else "-c:v libx264 -c:a aac"
        yield _film("a span", f"$V $A {bare}", ending, ending, "--start", "0.08", "--end", "0.24")
    yield _film("a span with chapters", "$V -i chapters.txt -map_metadata 1 -map_chapters 1 -c:v libx264", "mp4", "mp4",
                "--start", "0.08")


_RICH = ("$V $A -i text.srt -i chapters.txt -map 0 -map 1 -map 2 -map_metadata 3 -map_chapters 3 -c:v libx264 -c:a aac "
         "-metadata:s:a language=deu -c:s {}")


def _across() -> Iterator[Clip]:
    """One rich film into every other file type."""
    for ending, text in (("mp4", "mov_text"), ("mkv", "srt"), ("mov", "mov_text")):
        for target in ("mp4", "mov", "mkv", "webm", "avi", "ts", "nut", "flv"):
            if target != ending:
                yield _film("everything", f"{_RICH.format(text)}", ending, target)
    for target in ("mp4", "mov", "mkv", "webm", "avi"):
        yield _film("hevc 4:2:2 10 bits", "$V $X265 -pix_fmt yuv422p10le", "mkv", target)
        yield _film("prores", "$V -c:v prores_ks", "mov", target if target != "mov" else "nut")
    for codec in ("ffv1", "libvpx-vp9", "mjpeg", "prores_ks", "mpeg2video"):
        yield _film(codec, f"$V -c:v {codec}", "mkv", "ts")
    for codec in ("h264", "hevc", "av1", "vp9", "ffv1", "prores", "mjpeg"):
        yield _film(f"h264 as {codec}", "$V $A -c:v libx264 -c:a aac", "mkv", "mkv", "--codec", codec)
    yield _film("side by side", "$V $A -c:v libx264 -c:a aac", "mp4", "mp4", "--compare", "side")
    yield _film("wipe", "$V $A -c:v libx264 -c:a aac", "mp4", "mp4", "--compare", "wipe")
    yield _film("side by side, turned", "$V -metadata:s:v rotate=90 -c:v libx264", "mp4", "mp4", "--compare", "side")


def _still() -> Iterator[Clip]:
    for name, ending, make in PICTURES:
        yield Clip(f"{ending}: {name}", ending, make, ending)
    for target in ("jpg", "tif", "webp", "bmp"):
        yield Clip(f"png: rgba to {target}", "png", translucent("RGBA", dpi=(300, 300), exif=exif()), target)


def clips() -> tuple[Clip, ...]:
    """All of them, in a fixed order; every name once."""
    found = tuple(clip for part in (_plain, _samples, _marks, _beside, _times, _across, _still, _mezzanines) for clip in part())
    doubles = {clip.name for clip in found if sum(other.name == clip.name for other in found) > 1}
    if doubles:
        raise ValueError(f"Two clips have one name: {', '.join(sorted(doubles))}.")
    return found
