"""What a sandbox promises, and which of it holds for one render process, in words for an operator."""

from dataclasses import dataclass

from worker.sandbox.limits import Confined, SandboxLimits

_NO_LANDLOCK = "needs Linux 5.13 or newer with Landlock switched on"
_NO_FILTER = "needs a Linux kernel with seccomp filters, on x86-64 or AArch64"
_SINCE = {1: "files", 3: "emptying a file", 4: "TCP", 6: "signals and abstract sockets"}
"""What each version of Landlock was the first to watch, of what is promised here."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the report."""

    name: str
    holds: bool
    words: str
    """What holds, or what does not and why."""
    wanted: bool = True
    """Whether `IMMERSIVAUDIO_WORKER_SANDBOX=required` refuses to run without it."""


def kept(confined: Confined, limits: SandboxLimits) -> tuple[Promise, ...]:
    """Say of each promise whether it holds."""
    return (
        _said(
            "files",
            confined.landlock > 0,
            "it reads its own folder and the code, and writes its own folder alone",
            f"it may read and write what its user may: {_NO_LANDLOCK}",
        ),
        _landlock(confined),
        _network(confined, limits),
        _said(
            "privileges",
            confined.unprivileged,
            "it is not root, has no capability, and gains none",
            "it runs as root, or could become it: start the worker as an ordinary user",
        ),
        _said(
            "other processes",
            confined.seccomp,
            "it can neither look into another process nor stop one",
            f"it may stop other processes of its user: {_NO_FILTER}",
        ),
        _said(
            "what it starts",
            confined.seccomp,
            "all that it starts ends with it",
            f"what it starts may outlive it: {_NO_FILTER}",
        ),
        _counted(confined, limits),
        _memory(confined, limits),
    )


def broken(confined: Confined, limits: SandboxLimits) -> tuple[Promise, ...]:
    """Return the promises that do not hold, of those that `required` asks for."""
    return tuple(each for each in kept(confined, limits) if each.wanted and not each.holds)


def _said(name: str, holds: bool, good: str, bad: str, *, wanted: bool = True) -> Promise:
    return Promise(name, holds, good if holds else bad, wanted)


def _landlock(confined: Confined) -> Promise:
    """The version this kernel speaks, and what has to stand without it."""
    version = confined.landlock
    if not version:
        return Promise("Landlock", False, f"none in force: {_NO_LANDLOCK}", wanted=False)
    watched = ", ".join(what for since, what in _SINCE.items() if since <= version)
    later = ", ".join(what for since, what in _SINCE.items() if since > version)
    words = f"version {version}: it watches {watched}"
    if not later:
        return Promise("Landlock", True, words, wanted=False)
    held = "held by seccomp alone" if confined.seccomp else "held by nothing"
    return Promise("Landlock", confined.seccomp, f"{words}; {later}: {held}", wanted=False)


def _network(confined: Confined, limits: SandboxLimits) -> Promise:
    if limits.network:
        return Promise("network", confined.seccomp, "left on by IMMERSIVAUDIO_WORKER_NETWORK", wanted=False)
    return _said(
        "network",
        confined.seccomp,
        "no socket of any kind"
        + (", and a network of its own with nothing in it" if confined.own_network else ""),
        f"local sockets stay open to it: {_NO_FILTER}"
        if confined.own_network
        else f"it has the network: {_NO_FILTER}",
    )


def _counted(confined: Confined, limits: SandboxLimits) -> Promise:
    most = limits.most_tasks
    words = {
        "group": f"at most {most} processes and threads, counted by a control group",
        "user": f"at most {most} processes and threads",
        "machine": f"at most {most} processes and threads more than its user had when it started",
    }
    bad = "it may start as many processes as its user may"
    return Promise("processes", bool(confined.counted), words.get(confined.counted, bad))


def _memory(confined: Confined, limits: SandboxLimits) -> Promise:
    if confined.counted == "group" and limits.memory:
        return Promise("memory", True, "of all its processes together, by a control group", wanted=False)
    if limits.memory:
        return Promise("memory", True, "of each of its processes alone", wanted=False)
    return Promise("memory", False, "no limit: IMMERSIVAUDIO_WORKER_MEMORY is 0", wanted=False)
