"""A tiny Gemma 4 with random weights, saved as the released ones are: it watches, hears and answers."""

import json
from pathlib import Path

from immersivaudio.situations import ACTIONS
from immersivaudio.stages.describe import answers
from immersivaudio.stages.enhance import llm_prompt
from tests.neural import tiny

SPECIAL = (
    "<bos>", "<|image>", "<|image|>", "<image|>", "<|video|>", "<|audio>", "<|audio|>", "<audio|>", "<|turn>",
    "<turn|>",
)  # fmt: skip
CHAT = (
    "<bos>{% for m in messages %}<|turn>{{ 'model' if m.role == 'assistant' else m.role }}\n{{ m.content }}"
    "<turn|>\n{% endfor %}{% if add_generation_prompt %}<|turn>model\n{% endif %}"
)
PROCESSOR = {
    "processor_class": "Gemma4Processor",
    "image_seq_length": 280,
    "audio_seq_length": 750,
    "audio_ms_per_token": 40,
    "image_processor": {
        "image_processor_type": "Gemma4ImageProcessor", "do_convert_rgb": True, "do_normalize": False,
        "do_rescale": True, "do_resize": True, "image_mean": [0.0, 0.0, 0.0], "image_std": [1.0, 1.0, 1.0],
        "image_seq_length": 280, "max_soft_tokens": 280, "patch_size": 4, "pooling_kernel_size": 3,
        "resample": 3,
        "rescale_factor": 0.00392156862745098,
    },
    "feature_extractor": {
        "feature_extractor_type": "Gemma4AudioFeatureExtractor", "sampling_rate": 16000,
        "num_mel_filters": 128,
        "fft_length": 512, "hop_length": 160,
    },
}  # fmt: skip
"""As in the released file, but for the size of a patch."""
WORDS = [
    json.dumps({"things": [f"1 {one}" for one in answers.THINGS], "scenes": answers.SCENES}),
    json.dumps({"action": [*ACTIONS, answers.NOTHING], "mood": list(answers.MOODS), "sentence": "A"}),
    json.dumps({"heard": answers.HEARD, "language": answers.LANGUAGES, "prompt": llm_prompt.MOOD_NAMES}),
    tiny.WORDS,
]
"""Words that are a token each: or answers would be spelt by the letter, which takes long."""


def gemma(folder: Path) -> None:
    import torch
    from transformers import Gemma4Config, Gemma4ForConditionalGeneration

    torch.manual_seed(13)
    tokenizer = tiny.letters_tokenizer(*SPECIAL, texts=WORDS)
    tokenizer.chat_template = CHAT
    ids = dict(zip(SPECIAL, tokenizer.convert_tokens_to_ids(list(SPECIAL)), strict=True))
    config = Gemma4Config(
        text_config={
            "vocab_size": len(tokenizer), "vocab_size_per_layer_input": len(tokenizer), "hidden_size": 32,
            "hidden_size_per_layer_input": 8, "intermediate_size": 32, "num_hidden_layers": 2,
            "layer_types": ["sliding_attention", "full_attention"], "num_attention_heads": 2,
            "num_key_value_heads": 1, "head_dim": 16, "global_head_dim": 16, "sliding_window": 64,
            "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": ids["<bos>"], "initializer_range": 0.3,
        },
        vision_config={
            "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
            "num_key_value_heads": 2, "head_dim": 8, "patch_size": 4, "position_embedding_size": 700,
        },
        audio_config={
            "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "output_proj_dims": 16,
            "subsampling_conv_channels": [128, 4],
        },
        boi_token_id=ids["<|image>"], eoi_token_id=ids["<image|>"], image_token_id=ids["<|image|>"],
        video_token_id=ids["<|video|>"], boa_token_id=ids["<|audio>"], eoa_token_index=ids["<audio|>"],
        audio_token_id=ids["<|audio|>"],
    )  # fmt: skip
    model = Gemma4ForConditionalGeneration(config)
    model.generation_config.update(eos_token_id=[1, ids["<turn|>"]], pad_token_id=0, do_sample=True, top_k=64)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "processor_config.json").write_text(json.dumps(PROCESSOR))
