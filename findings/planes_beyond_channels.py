"""PyAV 18.1: sound of more than eight channels has more planes than channels, at addresses that are none.

    python findings/planes_beyond_channels.py

FFmpeg keeps eight plane pointers in a frame and a longer array elsewhere, which ends without a NULL.
`AudioFrame.planes` counts until it meets one. So a WavPack or Opus file of twelve channels, a 7.1.4 mix as
people make them, gives 12 to 60 planes a frame; `to_ndarray()` copies from every one of them, and the process
dies of a segmentation fault, or what lay there comes out as sound. Interleaved formats (PCM) are not touched.
Take `frame.planes[: frame.layout.nb_channels]`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import av
from imageio_ffmpeg import get_ffmpeg_exe


def main() -> None:
    """Write such a file, and count."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.wv"
        sound = f"aevalsrc={'|'.join(['0.1'] * 12)}:s=48000:d=0.5"
        command = [get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", sound, "-c:a", "wavpack", str(path)]
        subprocess.run(command, check=True)
        with av.open(str(path)) as container:
            for frame in container.decode(audio=0):
                count = frame.layout.nb_channels
                sys.stdout.write(f"{frame.format.name}: {count} channels, {len(frame.planes)} planes\n")


if __name__ == "__main__":
    main()
