"""Tiny models with random weights, saved in the real formats: what a pull would leave on disk, in under 1 MB.

They prove loading, processing, the loops, lengths and errors. They prove nothing about how anything sounds or
what is understood: see docs/neural.md.
"""

import atexit
import math
import os
import shutil
import tempfile
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.models import record
from immersivaudio.models.model_store import folder_of, resolve
from tests.backends import DEVICE

WORDS = (
    "a the and of with in on slow fast warm dark bright calm tense happy sad piano strings drums guitar "
    "music film score cinematic ambient hopeful night sea city forest car walking scene action mood"
)


def shelve(name: str, settings: Settings, build) -> Path:
    """Build a model where a pull of `name` would have put it, manifest included."""
    model = resolve(name)
    folder = folder_of(name, settings)
    if not folder.exists():
        folder.mkdir(parents=True)
        build(folder / name if model.url else folder)
        record(folder, model)
    return folder


_ROOT = Path(tempfile.gettempdir()) / f"immersivaudio-tiny-{os.getpid()}"
"""Made once a test run: building them takes longer than using them."""


def settings(**changes: object) -> dict[str, object]:
    """Return settings under which every neural backend finds a tiny model."""
    atexit.register(shutil.rmtree, _ROOT, ignore_errors=True)
    values = {"models": _ROOT, "device": DEVICE, "neural_batch": 4, **changes}
    shelf = Settings(_env_file=None, **values)
    for name, build in BUILDERS.items():
        shelve(name, shelf, build)
    return values


def t5_tokenizer():
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = [chr(code) for code in range(33, 127)]
    vocabulary = {
        word: number for number, word in enumerate(["<pad>", "</s>", "<unk>", *WORDS.split(), *letters])
    }
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    from tokenizers.processors import TemplateProcessing

    tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        padding_side="right",
    )


def codec_config(codebook: int = 64):
    from transformers import EncodecConfig

    return EncodecConfig(
        target_bandwidths=[50 * math.log2(codebook) * 4 / 1000],
        sampling_rate=32_000,
        audio_channels=1,
        normalize=False,
        num_filters=4,
        num_residual_layers=1,
        upsampling_ratios=[8, 5, 4, 4],
        codebook_size=codebook,
        codebook_dim=16,
        hidden_size=16,
        num_lstm_layers=1,
        chunk_length_s=None,
        overlap=None,
    )


def speak(model) -> None:
    """Give the codec's codebooks values: they are zeros until they are trained, and every token sounds
    alike."""
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_(std=30.0)


def text_config():
    from transformers import T5Config

    return T5Config(vocab_size=256, d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)


def musicgen(folder: Path, *, channels: int = 1, layers: int = 2, codebook: int = 64) -> None:
    import torch
    from transformers import (
        EncodecFeatureExtractor,
        MusicgenConfig,
        MusicgenDecoderConfig,
        MusicgenForConditionalGeneration,
        MusicgenProcessor,
    )

    torch.manual_seed(7)
    decoder = MusicgenDecoderConfig(
        vocab_size=codebook,
        hidden_size=32,
        num_hidden_layers=layers,
        num_attention_heads=4,
        ffn_dim=64,
        num_codebooks=4 * channels,
        audio_channels=channels,
        pad_token_id=codebook,
        bos_token_id=codebook,
        initializer_factor=0.6,
    )
    config = MusicgenConfig(text_encoder=text_config(), audio_encoder=codec_config(codebook), decoder=decoder)
    model = MusicgenForConditionalGeneration(config)
    speak(model)
    model.generation_config.update(
        guidance_scale=3.0,
        pad_token_id=codebook,
        bos_token_id=codebook,
        decoder_start_token_id=codebook,
        do_sample=True,
        max_length=1500,
    )
    model.save_pretrained(folder)
    MusicgenProcessor(EncodecFeatureExtractor(1, 32_000), t5_tokenizer()).save_pretrained(folder)


def musicgen_melody(folder: Path, *, codebook: int = 64) -> None:
    import torch
    from transformers import (
        MusicgenMelodyConfig,
        MusicgenMelodyDecoderConfig,
        MusicgenMelodyForConditionalGeneration,
    )

    torch.manual_seed(8)
    decoder = MusicgenMelodyDecoderConfig(
        vocab_size=codebook,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        ffn_dim=64,
        pad_token_id=codebook,
        bos_token_id=codebook,
        initializer_factor=0.6,
    )
    config = MusicgenMelodyConfig(
        text_encoder=text_config(), audio_encoder=codec_config(codebook), decoder=decoder, chroma_length=20
    )
    model = MusicgenMelodyForConditionalGeneration(config)
    speak(model)
    model.generation_config.update(
        guidance_scale=3.0, pad_token_id=codebook, bos_token_id=codebook, decoder_start_token_id=codebook
    )
    model.save_pretrained(folder)
    t5_tokenizer().save_pretrained(folder)


def yolo(path: Path) -> None:
    """YOLO11n from its own plan. Its heads are biased so that it sees people and cars that are not there."""
    stand_in_for_torchvision()
    import torch
    from ultralytics import YOLO
    from ultralytics.utils import ROOT, YAML

    torch.manual_seed(9)
    model = YOLO("yolo11n.yaml", verbose=False)
    names = YAML.load(ROOT / "cfg" / "datasets" / "coco.yaml")["names"]
    model.model.names = names
    for head in model.model.model[-1].cv3:
        head[-1].bias.data[[0, 2]] = -0.5
        head[-1].weight.data.normal_(std=0.5)
    model.save(path)


def stand_in_for_torchvision() -> None:
    """Let ultralytics be imported where torchvision does not load: beside a torch for CPUs from a wheel
    folder.

    For tests only: ultralytics reads torchvision's version when it is imported, and imports the package for
    its `ops.nms`; ultralytics has the same computation itself. Real installs have the real package.
    transformers is asked first, so that it goes on knowing that there is no torchvision.
    """
    import importlib.util
    import sys

    from transformers.utils import is_torchvision_available

    if is_torchvision_available() or "torchvision" in sys.modules:
        return
    folder = _ROOT / "stand-in"
    facts = folder / "torchvision-0.28.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: torchvision\nVersion: 0.28.0\n")
    (folder / "torchvision").mkdir()
    (folder / "torchvision" / "__init__.py").write_text(
        "class ops:\n    @staticmethod\n    def nms(*arguments):\n"
        "        from ultralytics.utils.nms import TorchNMS\n        return TorchNMS.nms(*arguments)\n"
    )
    sys.path.append(str(folder))
    importlib.invalidate_caches()
    importlib.import_module("torchvision")
    os.environ.setdefault("YOLO_OFFLINE", "true")
    os.environ.setdefault("YOLO_CONFIG_DIR", str(_ROOT))
    import ultralytics  # noqa: F401


def dinov2(folder: Path) -> None:
    import torch
    from transformers import BitImageProcessor, Dinov2Config, Dinov2Model

    torch.manual_seed(10)
    Dinov2Model(
        Dinov2Config(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=56, patch_size=14)
    ).save_pretrained(folder)
    BitImageProcessor(size={"shortest_edge": 56}, crop_size={"height": 56, "width": 56}).save_pretrained(
        folder
    )


CHAT = (
    "{% for m in messages %}<|im_start|>{{ m.role }}: {% if m.content is string %}{{ m.content }}{% else %}"
    "{% for c in m.content %}{% if c.type == 'image' %}<image>{% else %}{{ c.text }}{% endif %}{% endfor %}"
    "{% endif %}<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}"
)


def letters_tokenizer(*special: str, texts=()):
    """A byte-level BPE: one token a byte, and whole words of `texts`."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    names = ["<pad>", "<eos>", *special]
    tokenizer = Tokenizer(models.BPE({one: n for n, one in enumerate([*names, *alphabet])}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    if texts:
        trainer = trainers.BpeTrainer(
            vocab_size=2000,
            special_tokens=names,
            initial_alphabet=alphabet,
            show_progress=False,
            min_frequency=1,
        )
        tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<eos>")
    fast.add_special_tokens({"additional_special_tokens": list(special)})
    fast.chat_template = CHAT
    return fast


def smolvlm(folder: Path) -> None:
    """SmolVLM-500M is an Idefics3."""
    import torch
    from transformers import Idefics3Config, Idefics3ForConditionalGeneration, Idefics3Processor
    from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil

    torch.manual_seed(11)
    grid = [f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)]
    special = (
        "<fake_token_around_image>",
        "<image>",
        "<end_of_utterance>",
        "<global-img>",
        "<|im_start|>",
        *grid,
    )
    tokenizer = letters_tokenizer(*special)
    config = Idefics3Config(
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        pad_token_id=0,
        vision_config={
            "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
            "image_size": 56, "patch_size": 14,
        },
        text_config={
            "model_type": "llama", "vocab_size": len(tokenizer), "hidden_size": 32, "intermediate_size": 32,
            "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 2, "pad_token_id": 0,
            "eos_token_id": 1, "bos_token_id": 0, "initializer_range": 0.3,
        },
    )  # fmt: skip
    model = Idefics3ForConditionalGeneration(config)
    model.generation_config.update(eos_token_id=1, pad_token_id=0)
    model.save_pretrained(folder)
    pictures = Idefics3ImageProcessorPil(
        size={"longest_edge": 112}, max_image_size={"longest_edge": 56}, do_image_splitting=False
    )
    Idefics3Processor(pictures, tokenizer, image_seq_len=4, chat_template=CHAT).save_pretrained(folder)


def qwen(folder: Path, *, say=()) -> None:
    """A two-layer Qwen2. With `say`, pairs of a question and an answer, it is trained to give them."""
    import torch
    from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

    torch.manual_seed(12)
    texts = [part for asked, answer in say for part in (asked.task, asked.text, answer)]
    tokenizer = letters_tokenizer("<|im_start|>", "<end_of_utterance>", texts=texts)
    config = Qwen2Config(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, eos_token_id=1, pad_token_id=0, bos_token_id=None,
        max_position_embeddings=16_384,
    )  # fmt: skip
    model = Qwen2ForCausalLM(config)
    model.generation_config.update(eos_token_id=[1, 0], pad_token_id=0)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    if say:
        # As it will be read: the real Qwen2 tokenizer cuts words in its own way.
        teach(model, AutoTokenizer.from_pretrained(folder), say)
        model.save_pretrained(folder)


def teach(model, tokenizer, say) -> None:
    """Overfit the answers, each after its question: hardly any schooling, but a real model that answers."""
    import torch

    rows = []
    for asked, answer in say:
        talk = [{"role": "system", "content": asked.task}, {"role": "user", "content": asked.text}]
        told = tokenizer.apply_chat_template(talk, add_generation_prompt=True, return_dict=False)
        said = [*tokenizer(answer).input_ids, tokenizer.eos_token_id]
        rows.append((torch.tensor([told + said]), torch.tensor([[-100] * len(told) + said])))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(800):
        losses = [_loss(model, ids, labels) for ids, labels in rows]
        if max(float(loss.detach()) for loss in losses) < 0.004:
            return
        optimizer.zero_grad()
        sum(losses).backward()
        optimizer.step()
    raise AssertionError("the tiny model did not learn its answers")


def _loss(model, ids, labels):
    """Of the answer alone: the talk before it is long, and its logits are not wanted."""
    import torch

    count = int((labels != -100).sum())
    logits = model(input_ids=ids, logits_to_keep=count + 1).logits[0, :-1]
    return torch.nn.functional.cross_entropy(logits, ids[0, -count:])


def acestep(folder: Path) -> None:
    from tests.neural import tiny_acestep

    tiny_acestep.acestep(folder)


def gemma(folder: Path) -> None:
    from tests.neural import tiny_gemma

    tiny_gemma.gemma(folder)


def rfdetr(folder: Path) -> None:
    from tests.neural import tiny_detectors

    tiny_detectors.rfdetr(folder)


def dfine(folder: Path) -> None:
    from tests.neural import tiny_detectors

    tiny_detectors.dfine(folder)


BUILDERS = {
    "ACE-Step/acestep-v15-xl-turbo-diffusers": acestep,
    "Roboflow/rf-detr-medium": rfdetr,
    "ustc-community/dfine-nano-coco": dfine,
    "google/gemma-4-E2B-it": gemma,
    "HuggingFaceTB/SmolVLM-500M-Instruct": smolvlm,
    "facebook/musicgen-small": musicgen,
    "facebook/dinov2-small": dinov2,
    "yolo11n.pt": yolo,
}
