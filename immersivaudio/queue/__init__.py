"""The queue: what bot and worker share. Frontends need only this page.

    async with Queue.connect(QueueSettings()) as queue:
        ticket = await queue.submit(letter)
        await queue.place(ticket.job, address_of_the_placeholder)
        async for status in queue.watch(ticket.job): ...

Imports nothing heavy: no numpy, no media, no models.
"""

from immersivaudio.queue.door import Queue, Recall
from immersivaudio.queue.letter import Action, Address, Ask, Letter, Source
from immersivaudio.queue.preferences import Preferences
from immersivaudio.queue.result import Artifact, Failure, Plan, Result, Summary
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.state import State, Status, Ticket
from immersivaudio.queue.store import GoneError, Store

__all__ = [
    "Action",
    "Address",
    "Artifact",
    "Ask",
    "Failure",
    "GoneError",
    "Letter",
    "Plan",
    "Preferences",
    "Queue",
    "QueueSettings",
    "Recall",
    "Result",
    "Source",
    "State",
    "Status",
    "Store",
    "Summary",
    "Ticket",
]
