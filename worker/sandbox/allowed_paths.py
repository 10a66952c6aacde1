"""Which files a render process needs: code, libraries, fonts, models, a few answers of the kernel. Nothing
of users.

A folder that is on `sys.path` may hold more than code (a checkout holds `.env`), so only its packages
are granted.
"""

import os
import shutil
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from worker.sandbox import landlock
from worker.sandbox.landlock import Rule

_LIBRARIES = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib32",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/nix/store",
    "/gnu/store",
)
_SHARED = ("/usr/share", "/usr/local/share", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
_KERNEL = (
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/loadavg",
    "/proc/stat",
    "/proc/filesystems",
    "/proc/sys/vm",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)
_INSTALLED = {"site-packages", "dist-packages"}
_SOURCES = ("/dev/zero", "/dev/urandom", "/dev/random")
_LOADERS = ("/lib64/ld-*", "/lib/ld-*", "/lib/*/ld-*")
_NAMES = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/etc/gai.conf",
    "/etc/host.conf",
    "/etc/services",
)
_CERTIFICATES = ("/etc/ssl", "/etc/pki", "/etc/ca-certificates")
_GPU_NODES = ("/dev/nvidia*", "/dev/dri", "/dev/kfd", "/dev/dxg", "/dev/accel")
_GPU_FACTS = (
    "/proc/driver/nvidia",
    "/proc/devices",
    "/proc/modules",
    "/proc/version",
    "/sys/bus/pci",
    "/sys/class/drm",
    "/sys/class/kfd",
    "/sys/devices",
    "/sys/module",
    "/opt/rocm*",
    "/etc/OpenCL",
    "/etc/vulkan",
)


def granted(folder: Path, readable: Iterable[Path], *, network: bool, gpu: bool) -> list[Rule]:
    """Return every rule for a process whose own folder is `folder` and whose models and fonts are
    `readable`.
    """
    rules = [Rule(folder, landlock.OWN), Rule(Path("/dev/null"), landlock.READ | landlock.WRITE_FILE)]
    rules += _rules((*_LIBRARIES, *_SHARED, *_KERNEL, *_SOURCES, f"/proc/{os.getpid()}"), landlock.READ)
    rules += [Rule(path, landlock.READ) for path in readable]
    rules += code()
    rules += [Rule(path, landlock.RUN) for path in programs()]
    if network:
        rules += _rules((*_NAMES, *_CERTIFICATES), landlock.READ)
    if gpu:
        rules += _rules(_GPU_NODES, landlock.DEVICE) + _rules(_GPU_FACTS, landlock.READ)
    return rules


def code() -> list[Rule]:
    """Return rules for the interpreter, its packages, and what `sys.path` names besides."""
    whole = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    whole |= {Path(sys.base_prefix, "lib"), Path(site.getusersitepackages()), *map(Path, _LIBRARIES)}
    rules = [Rule(path, landlock.READ) for path in whole]
    rules += [Rule(Path(sys.prefix, "pyvenv.cfg"), landlock.READ)]
    for entry in map(Path, sys.path):
        if entry.is_file() or entry.name in _INSTALLED:
            rules.append(Rule(entry, landlock.READ))
        elif entry.is_dir() and not any(known in (entry, *entry.parents) for known in whole):
            rules.append(Rule(entry, landlock.LIST))
            rules += [Rule(path, landlock.READ) for path in _modules(entry)]
    return rules


def programs() -> Iterator[Path]:
    """Yield what may be run: ffmpeg, and the loader of programs that are linked at run time."""
    carried = find_spec("imageio_ffmpeg")
    for place in (carried.submodule_search_locations or ()) if carried else ():
        yield from Path(place, "binaries").glob("ffmpeg*")
    found = shutil.which("ffmpeg")
    if found:
        yield Path(found).resolve()
    for pattern in _LOADERS:
        yield from (path.resolve() for path in _globbed(pattern))


def _modules(folder: Path) -> Iterator[Path]:
    """Packages and modules right in `folder`; other files stay closed."""
    for path in folder.iterdir():
        is_package = path.is_dir() and path.name.isidentifier() and any(path.glob("*.py"))
        if is_package or path.suffix in {".py", ".so"} or path.name.endswith((".dist-info", ".egg-info")):
            yield path


def _rules(patterns: Iterable[str], rights: int) -> list[Rule]:
    return [Rule(path, rights) for pattern in patterns for path in _globbed(pattern)]


def _globbed(pattern: str) -> Iterable[Path]:
    if "*" not in pattern:
        return (Path(pattern),) if Path(pattern).exists() else ()
    return Path("/").glob(pattern.lstrip("/"))
