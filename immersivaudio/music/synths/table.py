"""The patches by name: the `synth` column of `immersivaudio.music.instruments`."""

from immersivaudio.music.synths import basses, chip, effects, kits, leads, pads, strings
from immersivaudio.music.synths.patch import Patch

_DRUMS = (36, 38)

PATCHES: dict[str, Patch] = {
    "warm pad": Patch(pads.warm, release=2.6, shapes_itself=True),
    "glass pad": Patch(pads.glass, release=3.0, shapes_itself=True),
    "dark pad": Patch(pads.dark, release=3.0, shapes_itself=True),
    "saw pad": Patch(pads.saw, release=1.8, shapes_itself=True),
    "breath": Patch(pads.breath, release=2.4, shapes_itself=True),
    "drone": Patch(pads.drone, release=4.0, shapes_itself=True),
    "saw lead": Patch(leads.saw_lead, release=0.4),
    "square lead": Patch(leads.square_lead, release=0.4),
    "pluck": Patch(leads.pluck, release=0.9),
    "bell synth": Patch(leads.bell, "struck", release=3.0),
    "pulse arp": Patch(leads.pulse_arp, release=0.5),
    "sub bass": Patch(basses.sub, release=0.25),
    "saw bass": Patch(basses.saw, release=0.25),
    "square bass": Patch(basses.square, release=0.2),
    "chip square": Patch(chip.square, release=0.1),
    "chip triangle": Patch(chip.triangle, release=0.08),
    "chip noise": Patch(chip.drums, "struck", release=0.5, reference=_DRUMS),
    "electronic kit": Patch(kits.electronic, "struck", release=1.3, reference=_DRUMS, chokes=kits.HATS),
    "lo-fi kit": Patch(kits.lofi, "struck", release=1.0, reference=_DRUMS, chokes=kits.HATS),
    "808 bass": Patch(basses.long_808, release=0.2),
    "clipped 808": Patch(basses.clipped_808, release=0.15),
    "reese bass": Patch(basses.reese, release=0.2),
    "wobble bass": Patch(basses.wobble, release=0.2),
    "supersaw": Patch(leads.supersaw, release=0.6),
    "tuned cowbell": Patch(leads.cowbell, "struck", release=0.6),
    "driven guitar": Patch(strings.open_string, release=0.16),
    "second driven guitar": Patch(strings.open_string, release=0.16),
    "palm-muted guitar": Patch(strings.muted_string, release=0.12),
    "lead guitar": Patch(strings.lead_string, release=0.25),
    "gated kit": Patch(kits.gated, "struck", release=1.3, reference=_DRUMS, chokes=kits.HATS),
    "techno kit": Patch(kits.techno, "struck", release=1.3, reference=_DRUMS, chokes=kits.HATS),
    "trap kit": Patch(kits.trap, "struck", release=1.3, reference=_DRUMS, chokes=kits.HATS),
    "hand drums": Patch(kits.hand, "struck", release=1.2, reference=_DRUMS),
    "cinematic drums": Patch(kits.cinematic, "struck", release=2.4, reference=_DRUMS),
    "riser": Patch(effects.riser, "timed", reference=(60,)),
    "reverse swell": Patch(effects.reverse_swell, "timed", reference=(60,)),
    "impact": Patch(effects.impact, "struck", release=3.0, reference=(36,)),
}
