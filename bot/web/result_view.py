"""A result as HTML, for the page and for a link. Everything a stranger may have written is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.validation import clock
from bot.web.downloads import Downloads
from bot.web.history import changed, edited
from immersivaudio import sentences
from immersivaudio.chat.rights import made_by
from immersivaudio.i18n import language, musical, say, translated
from immersivaudio.queue import JobRecord, Result, Summary
from immersivaudio.queue.result import ShotSummary

_QUIETEST = -50.0
"""LUFS below which a clip counts as silent: nothing is turned down to it."""
_MOST_DOWN = 24.0
"""dB by which the louder side of a comparison is turned down at most."""
_GETS = ("film", "audio", "midi", "sheet", "plan", "receipt")


@dataclass(frozen=True, slots=True)
class ResultView:
    """One finished job, and how links to it are written; `base` leads from the page to the root."""

    files: Downloads
    record: JobRecord
    result: Result
    locale: str
    base: str = ""

    def face(self) -> str:
        """The film, what was made, and everything to take away."""
        action = self.record.request.action
        if self.record.request.files_alone:
            return _framed(f"<p>{self._say(f'result.{action}')}</p>", self._gets((action,)))
        studio = (
            "" if self.base else f'<span data-studio="{escape(self.files.studio(self.record.job))}"></span>'
        )
        parts = (self._film(), self._facts(), self._notes(), self._music(), self._links())
        return _framed(*parts, studio)

    def story(self) -> str:
        """Why it is as it is: the plan over the film, what was seen, the prompt, the receipt."""
        return _framed(self._plan(), self._seen(), self._receipt())

    @property
    def _summary(self) -> Summary:
        return self.result.summary

    def _say(self, name: str, /, **fields: object) -> str:
        return escape(say(self.locale, name, **fields))

    def _url(self, what: str, *, keep: bool = False) -> str:
        return escape(f"{self.base}{self.files.link(self.record.job, what)}{'?keep=1' if keep else ''}")

    def _head(self, words: str, *, above: bool = False) -> str:
        """A heading; behind a link the result is the whole page, so that all of them rank higher."""
        level = (2 if above else 3) - bool(self.base)
        return f'<h{level} class="{"iv-title" if above else "iv-part"}">{words}</h{level}>'

    def _film(self) -> str:
        title = self._say("web.result.shared" if self.base else "web.result")  # strangers follow links
        source = self.record.request.source
        video = source.kind == "video" and not source.song and bool(self.record.ref)
        before = f' data-before="{self._url("before")}"' if video else ""
        film = (
            f'{self._head(title, above=True)}<video controls playsinline preload="auto" aria-label="{title}" '
            f'src="{self._url("film")}"{before}{self._shape()}></video>'
        )
        if not video:
            return film
        down = self._downs()
        buttons = "".join(
            f'<button type="button" data-side="{side}" data-down="{down.get(side, 0.0):.1f}" '
            f'aria-pressed="{str(side == "after").lower()}">{self._say(f"web.{side}")}</button>'
            for side in ("before", "after")
        )
        alike = f'<span class="iv-hint" data-alike hidden>{self._say("web.alike")}</span>' if down else ""
        missing = f'<p class="iv-missing" role="status" hidden>{self._say("web.no-before")}</p>'
        name = self._say("web.compare")
        return (
            f'{film}<div class="iv-switch" role="group" aria-label="{name}">{buttons}</div>{alike}{missing}'
        )

    def _downs(self) -> dict[str, float]:
        """By how many dB each side is turned down so that both are heard equally loud; none: it is not known.

        The louder of two always seems the better one.
        """
        before, after = self._summary.before_lufs, self._summary.loudness_lufs
        if before is None or after is None or min(before, after) < _QUIETEST:
            return {}
        louder, by = ("before", before - after) if before > after else ("after", after - before)
        return {louder: min(by, _MOST_DOWN)}

    def _shape(self) -> str:
        """The place that the film takes before it has come: nothing below moves then."""
        width, height = self._summary.width, self._summary.height
        return f' style="aspect-ratio: {width} / {height}"' if width and height else ""

    def _facts(self) -> str:
        summary = self._summary
        code = language(self.locale)
        named = ", ".join(musical.player(code, name) for name in summary.instruments)
        mood = musical.mood(code, summary.mood)
        why = ", ".join(sentences.word(label, code) for label in summary.evidence)
        seen = sentences.in_language(summary.scene, summary.telling, code) or translated(code, summary.scene)
        music = {
            "mood": f"{mood} ({why})" if why else mood,
            "tempo": round(summary.tempo),
            "key": musical.key(code, summary.key),
            "instruments": named,
        }
        # From what it is changed, no stranger who follows a link has heard.
        news = "" if self.base else escape(changed(self.record, self.locale))
        lines = [
            news,
            self._say("result.music", **music) if summary.mood else "",
            self._say("result.seen", scene=seen) if summary.scene else "",
            escape(made_by(self.locale, summary)),
        ]
        return "".join(f'<p class="iv-fact">{line}</p>' for line in lines if line)

    def _notes(self) -> str:
        told = [translated(self.locale, note) for note in self._summary.notes]
        notes = "".join(f"<li>{self._say('result.note', note=note)}</li>" for note in told)
        return f'<ul class="iv-notes">{notes}</ul>' if notes else ""

    def _music(self) -> str:
        if "audio" not in self.result.extras:
            return ""
        title = self._say("web.audio")
        url = self._url("audio")
        return f'{self._head(title)}<audio controls preload="none" aria-label="{title}" src="{url}"></audio>'

    def _gets(self, names: Iterable[str]) -> str:
        there = {"film", "sheet", "stems", "export", *self.result.extras}
        items = "".join(
            f'<li><a href="{self._url(name, keep=True)}" download data-get="{name}">'
            f"{self._say(f'web.get.{name}')}</a></li>"
            for name in names
            if name in there
        )
        return f'<ul class="iv-gets" aria-label="{self._say("web.get")}">{items}</ul>'

    def _links(self) -> str:
        hours = f"{self.files.queue.settings.artifact_hours:g}"
        link = escape(f"{self.base}{self.files.page(self.record.job)}")
        page = (
            f'<p class="iv-link"><button type="button" data-share="{link}" hidden>'
            f"{self._say('web.send')}</button> "
            f'<a href="{link}">{self._say("web.link")}</a> '
            f'<button type="button" data-copy="{link}" data-done="{self._say("web.copied")}">'
            f"{self._say('web.copy')}</button><br>"
            f"<small>{self._say('web.link.until', hours=hours)}</small></p>"
        )
        return self._gets(_GETS) + self._code() + page

    def _code(self) -> str:
        """The share code, where the pipeline wrote one."""
        code = escape(self._summary.share)
        if not code:
            return ""
        return (
            f'<p class="iv-link">{self._say("web.share")}: <code>{code}</code> '
            f'<button type="button" data-copy-text="{code}" data-done="{self._say("web.copied")}">'
            f"{self._say('web.copy')}</button></p>"
        )

    def _plan(self) -> str:
        if "plan" not in self.result.extras:
            return ""
        title = self._say("web.plan")
        drawn = (
            f'<div class="iv-plan" tabindex="0" role="region" aria-label="{title}">'
            f'<img src="{self._url("plan")}" alt="{title}" loading="lazy"></div>'
        )
        if self.base:
            return f"{self._head(title)}{drawn}"
        return (
            f'<details class="iv-fold"><summary>{title}</summary>{drawn}</details>'  # the timeline says more
        )

    def _seen(self) -> str:
        shots = self._summary.shots
        if "frames" not in self.result.extras or not shots:
            return ""
        url, count = self._url("frames"), len(shots)
        tiles = "".join(
            f'<li><button type="button" class="iv-tile" data-seek="{shot.at:.3f}" '
            f'aria-label="{self._say("web.seek", time=clock(shot.at))}">'
            f'<img src="{url}" alt="" style="--count:{count};--place:{place}">{self._boxes(shot)}</button>'
            f"<p><b>{clock(shot.start)}–{clock(shot.end)}</b> {escape(self._told(shot))}</p>"
            f'<p class="iv-labels">{_spans(self._word(label) for label in shot.labels)}</p></li>'
            for place, shot in enumerate(shots)
        )
        return f'{self._head(self._say("web.seen"))}<ul class="iv-frames">{tiles}</ul>'

    def _word(self, label: str) -> str:
        return sentences.word(label, language(self.locale))

    def _boxes(self, shot: ShotSummary) -> str:
        """Boxes and words over a tile; their places are shares of it."""
        return "".join(
            f'<span class="iv-thing" style="left:{box.left:.2%};top:{box.top:.2%};'
            f'width:{box.right - box.left:.2%};height:{box.bottom - box.top:.2%}">'
            f"<b>{escape(self._word(box.label))}</b></span>"
            for box in shot.boxes
        )

    def _told(self, shot: ShotSummary) -> str:
        return sentences.in_language(shot.text, shot.telling, language(self.locale)) or shot.text

    def _receipt(self) -> str:
        # Of a sheet that somebody changed it tells what was played before; only a model heeds it.
        stale = edited(self.record) and not self._summary.by_model
        prompt = "" if stale else escape(self._summary.prompt)
        told = f'{self._head(self._say("web.prompt"))}<p class="iv-prompt">{prompt}</p>' if prompt else ""
        rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in self._rows() if value)
        return f"{told}{self._head(self._say('web.receipt'))}<dl>{rows}</dl>"

    def _rows(self) -> Iterable[tuple[str, str]]:
        summary, one = self._summary, self._say
        yield one("web.receipt.loudness"), _number(summary.loudness_lufs, "LUFS")
        yield one("web.receipt.peak"), _number(summary.true_peak_dbtp, "dBTP")
        if summary.hits_planned:
            yield (
                one("web.receipt.hits"),
                say(self.locale, "result.hits", hits=summary.hits, planned=summary.hits_planned),
            )
        yield one("web.receipt.length"), f"{summary.length_error * 1000:+.0f} ms"
        yield one("web.receipt.speech"), _number(summary.speech_gap_lu, "LU")
        copied = "copied" if summary.video_copied else "encoded"
        yield one("web.receipt.picture"), say(self.locale, f"web.receipt.{copied}")
        if summary.original:
            yield one("web.receipt.original"), say(self.locale, f"choice.{summary.original}")
        yield one("web.receipt.time"), _number(sum(summary.seconds.values()), "s")
        yield one("web.receipt.backends"), ", ".join(dict.fromkeys(summary.backends.values()))


def _framed(*parts: str) -> str:
    return f'<div class="iv-result">{"".join(parts)}</div>'


def _spans(labels: Iterable[str]) -> str:
    return "".join(f"<span>{escape(label)}</span>" for label in labels)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.1f} {unit}"
