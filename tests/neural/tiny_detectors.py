"""Tiny detectors with random weights, saved as transformers saves them: under 1 MB each."""

import json
from pathlib import Path

NAMES = {0: "person", 1: "car", 2: "dog"}


def rfdetr(folder: Path) -> None:
    """As released: 91 classes, most of them with a name, a processor that only torchvision can load."""
    import torch
    from transformers import RfDetrConfig, RfDetrForObjectDetection
    from transformers.models.rf_detr.configuration_rf_detr import RfDetrDinov2Config

    torch.manual_seed(31)
    eyes = RfDetrDinov2Config(
        hidden_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=64, patch_size=16,
        num_windows=2, out_features=["stage1", "stage2"],
    )  # fmt: skip
    config = RfDetrConfig(
        backbone_config=eyes, d_model=32, decoder_ffn_dim=32, decoder_layers=2, num_queries=12, group_detr=1,
        decoder_self_attention_heads=2, decoder_cross_attention_heads=2, decoder_n_points=2,
        id2label={0: "N/A", 1: "person", 2: "bicycle", 3: "car"},
    )  # fmt: skip
    _sure(RfDetrForObjectDetection(config)).save_pretrained(folder)
    _processor(folder, "RfDetrImageProcessor", 64, do_normalize=True)


def dfine(folder: Path) -> None:
    """As released, with Pascal VOC's name for one class."""
    import torch
    from transformers import DFineConfig, DFineForObjectDetection, HGNetV2Config

    torch.manual_seed(32)
    eyes = HGNetV2Config(
        embedding_size=8, hidden_sizes=[8, 8, 16, 16], depths=[1, 1, 1, 1], stem_channels=[3, 8, 8],
        stage_in_channels=[8, 8, 8, 16], stage_mid_channels=[8, 8, 8, 8], stage_out_channels=[8, 8, 16, 16],
        stage_num_blocks=[1, 1, 1, 1], stage_numb_of_layers=[1, 1, 1, 1],
        stage_downsample=[False, True, True, True],
        stage_light_block=[False, False, True, True], stage_kernel_size=[3, 3, 5, 5],
        out_features=["stage2", "stage3", "stage4"], return_idx=[1, 2, 3],
    )  # fmt: skip
    config = DFineConfig(
        backbone_config=eyes, encoder_hidden_dim=16, encoder_in_channels=[8, 16, 16],
        feat_strides=[8, 16, 32], encoder_ffn_dim=16, encoder_attention_heads=2, d_model=16,
        decoder_in_channels=[16, 16, 16],
        decoder_ffn_dim=16, decoder_attention_heads=2, decoder_layers=2, num_queries=12,
        decoder_n_points=[2, 2, 2], num_denoising=0, eval_size=None, id2label={**NAMES, 3: "tvmonitor"},
    )  # fmt: skip
    _sure(DFineForObjectDetection(config)).save_pretrained(folder)
    _processor(folder, "RTDetrImageProcessor", 64, do_normalize=False)


def _sure(model):
    """Let its heads differ from query to query, and be surer than they begin."""
    for name, part in model.named_parameters():
        if "class_embed" in name or "bbox_embed" in name:
            part.data.normal_(std=0.3 if name.endswith("weight") else 0.1)
    return model


def _processor(folder: Path, kind: str, size: int, *, do_normalize: bool) -> None:
    facts = {
        "image_processor_type": kind,
        "do_resize": True, "size": {"height": size, "width": size}, "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": do_normalize, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
        "do_pad": False, "resample": 2,
    }  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(facts))
