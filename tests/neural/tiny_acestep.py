"""A tiny ACE-Step with random weights, saved as diffusers saves a pipeline: under 1 MB, every part there."""

from pathlib import Path

_SMALL = {
    "hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2,
    "head_dim": 8, "sliding_window": 16,
}  # fmt: skip
_LATENT = 4
_PARTS = ("text_encoder", "transformer", "condition_encoder", "audio_tokenizer", "audio_token_detokenizer")


def acestep(folder: Path, *, turbo: bool = True) -> None:
    """Write the pipeline; `turbo` is a distilled one, as released."""
    import warnings

    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the autoencoder's own weight norm
        torch.manual_seed(21)
        pipeline = _pipeline(turbo)
        # Their first values hardly listen to each other: as loud as what comes in, each tells on the sound.
        for name in _PARTS:
            for part in getattr(pipeline, name).parameters():
                if part.ndim == 2 and part.shape[0] > 1:
                    part.data.normal_(std=2.0 * part.shape[1] ** -0.5)
        pipeline.save_pretrained(folder)


def _pipeline(turbo: bool):
    from diffusers import AceStepPipeline, FlowMatchEulerDiscreteScheduler
    from diffusers.models import AutoencoderOobleck
    from diffusers.models.transformers.ace_step_transformer import AceStepTransformer1DModel
    from diffusers.pipelines.ace_step import modeling_ace_step as parts
    from transformers import Qwen3Config, Qwen3Model

    from tests.neural.tiny import letters_tokenizer

    tokenizer = letters_tokenizer("<|endoftext|>")
    words = Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=32, num_hidden_layers=1, head_dim=8,
        num_attention_heads=4, num_key_value_heads=2, pad_token_id=0, eos_token_id=1, bos_token_id=None,
    )  # fmt: skip
    pooled = {**_SMALL, "audio_acoustic_hidden_dim": _LATENT, "num_attention_pooler_hidden_layers": 1}
    condition = parts.AceStepConditionEncoder(
        **_SMALL, text_hidden_dim=32, timbre_hidden_dim=_LATENT,
        num_lyric_encoder_hidden_layers=1, num_timbre_encoder_hidden_layers=1,
    )  # fmt: skip
    condition.silence_latent.normal_(std=0.1)
    return AceStepPipeline(
        vae=_codec(AutoencoderOobleck),
        text_encoder=Qwen3Model(words),
        tokenizer=tokenizer,
        transformer=AceStepTransformer1DModel(
            **_SMALL, num_hidden_layers=2, in_channels=3 * _LATENT, audio_acoustic_hidden_dim=_LATENT,
            is_turbo=turbo, model_version="turbo" if turbo else "base",
        ),
        condition_encoder=condition,
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
        audio_tokenizer=parts.AceStepAudioTokenizer(
            **pooled, fsq_dim=32, fsq_input_levels=[8, 5, 5], fsq_input_num_quantizers=1
        ),
        audio_token_detokenizer=parts.AceStepAudioTokenDetokenizer(**pooled),
    )  # fmt: skip


def _codec(kind):
    codec = kind(
        encoder_hidden_size=2 * _LATENT, downsampling_ratios=[48, 40], channel_multiples=[1, 1],
        decoder_channels=4, decoder_input_channels=_LATENT, audio_channels=2, sampling_rate=48_000,
    )  # fmt: skip
    for name, part in codec.named_parameters():
        if name.endswith("weight_g"):
            part.data.uniform_(1.0, 1.4)
        elif name.endswith("bias"):
            part.data.zero_()
    return codec
