"""Train a tiny Qwen2.5-VL that truly reads small pages, and write it in the published layout.

    python scripts/train_tiny_checkpoint.py                      into fixtures/tiny_qwen
    python scripts/train_tiny_checkpoint.py FOLDER --steps 60    a shorter training, to try something

A test instrument: pixels, processor, M-RoPE, chat template, grammar, grounding and parsing are
exercised for real, by a model small enough to be committed. It reads slips (`synthesis/slip.py`) and
nothing else. `scripts/measure_tiny_checkpoint.py` says how well.

Muon turns the matrices (orthogonalised momentum: Jordan and others 2024), AdamW the rest. What both
learn from is in `synthesis/slip_lessons.py`. Seconds of processor time are printed beside those of
the clock: on a busy machine only the first tell what a quiet one would take.
"""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import torch
from synthesis.qwen_checkpoint import publish
from synthesis.slip import SPEC_FILE, slip_spec
from synthesis.slip_lessons import Batch, Teacher, lesson
from synthesis.slip_model import slip_processor, untrained_model
from torch.nn.functional import cross_entropy
from transformers import AutoProcessor, Qwen2_5_VLForConditionalGeneration

from extractor.engines.qwen.prompt import SYSTEM, prompt_for

STEPS = 1500
_MATRIX_RATE, _RATE = 0.02, 1e-3
_WARM_UP = 50  # steps
_SLOWING = 0.4  # of all steps: the rate falls to _LEAST of itself
_LEAST = 0.02
_GREATEST_GRADIENT = 1.0
_SHOWN_EVERY, _KEPT_EVERY = 20, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How one step went: the share of the values' tokens told right, and what it cost since the start."""

    step: int
    done: int  # steps since the start
    loss: float
    right: float
    seconds: float
    processor_seconds: float

    def __str__(self) -> str:
        """Return one line; the load is how many processes wanted the machine in the last minute."""
        return (
            f"step {self.step:5d}: loss {self.loss:.3f}, tokens of values right {self.right:.3f}; "
            f"{self.seconds:.0f} s, {self.seconds / self.done:.2f} s a step, "
            f"{self.processor_seconds / self.done:.2f} s of a processor; load {os.getloadavg()[0]:.1f}"
        )


def main() -> None:
    """Train, write the folder, say what it took."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path, nargs="?", default=SPEC_FILE.parent)
    options.add_argument("--steps", type=int, default=STEPS)
    options.add_argument("--from-step", type=int, default=0, help="go on with what the folder holds")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    last = train(chosen.folder, steps=chosen.steps, first=chosen.from_step)
    print(
        f"wrote {chosen.folder}: {chosen.steps - chosen.from_step} steps in {last.seconds / 60:.1f} minutes, "
        f"{last.processor_seconds / 60:.1f} minutes of a processor, on {chosen.threads} threads"
    )


def train(folder: Path, *, steps: int, first: int = 0, seed: int = 0) -> Progress:
    """Train and write the checkpoint; return how the last step went.

    From step 0 it begins with random weights. A later `first` goes on with the checkpoint in the
    folder, as it was kept before that step; what the optimizers had gathered is lost.
    """
    system, prompt = SYSTEM, prompt_for(slip_spec())
    torch.manual_seed(seed)
    if first:
        processor = AutoProcessor.from_pretrained(folder)
        model = Qwen2_5_VLForConditionalGeneration.from_pretrained(folder).train()
    else:
        processor = slip_processor([system, prompt])
        model = untrained_model(processor.tokenizer).train()
    _take_one_channel(model)
    teacher, optimizers = Teacher(processor.tokenizer), _optimizers(model)
    began, began_processor = perf_counter(), process_time()
    for step in range(first, steps):
        _set_rates(optimizers, _rate(step, first=first, steps=steps))
        batch = teacher.batch(lesson(step, steps=steps, system=system, prompt=prompt))
        loss, right = _learn(model, batch, optimizers)
        last = Progress(
            step=step,
            done=step - first + 1,
            loss=loss,
            right=right,
            seconds=perf_counter() - began,
            processor_seconds=process_time() - began_processor,
        )
        if step % _SHOWN_EVERY == 0 or step == steps - 1:
            print(last, flush=True)
        if step % _KEPT_EVERY == _KEPT_EVERY - 1:
            publish(model, processor, folder)  # a training that is broken off leaves what it has learned
    publish(model.eval(), processor, folder)
    return last


def _learn(model: Any, batch: Batch, optimizers: list[Any]) -> tuple[float, float]:  # noqa: ANN401 - torch is untyped here
    """Take one step; return the loss, and the share of the values' tokens that were told right."""
    hidden = model.model(
        input_ids=batch.tokens,
        mm_token_type_ids=batch.types,
        pixel_values=batch.patches,
        image_grid_thw=batch.grid,
        position_ids=positions_of(model, batch),
        use_cache=False,
    ).last_hidden_state
    told = model.lm_head(hidden[:, batch.answer_start - 1 : -1])
    losses = cross_entropy(told.flatten(0, 1), batch.targets.flatten(), reduction="none")
    loss = (losses.view_as(batch.weights) * batch.weights).sum() / batch.weights.sum()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), _GREATEST_GRADIENT)
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad()
    is_right = (told.argmax(-1) == batch.targets) & batch.are_values
    return loss.item(), (is_right.sum() / batch.are_values.sum()).item()


def positions_of(model: Any, batch: Batch) -> Any:  # noqa: ANN401 - as above
    """Return the positions of one row for all, as their images are of one size; open places are skipped."""
    positions, _ = model.model.get_rope_index(
        batch.tokens[:1], mm_token_type_ids=batch.types[:1], image_grid_thw=batch.grid[:1]
    )
    positions[:, :, batch.image_end :] += batch.left_open
    return positions.expand(-1, len(batch.tokens), -1)


def _take_one_channel(model: Any) -> None:  # noqa: ANN401 - as above
    """Let the model take grey patches: what all channels and frames have in common."""
    embedding = model.model.visual.patch_embed

    def embedded(patches: Any) -> Any:  # noqa: ANN401 - as above
        return patches @ embedding.proj.weight.sum((1, 2)).flatten(1).T

    embedding.forward = embedded


def _optimizers(model: Any) -> list[Any]:  # noqa: ANN401 - as above
    is_matrix = {
        name: weight.ndim == 2 and "embed_tokens" not in name  # noqa: PLR2004 - rows and columns
        for name, weight in model.named_parameters()
    }
    matrices = [weight for name, weight in model.named_parameters() if is_matrix[name]]
    others = [weight for name, weight in model.named_parameters() if not is_matrix[name]]
    return [
        torch.optim.Muon(matrices, lr=_MATRIX_RATE, weight_decay=0.0),
        torch.optim.AdamW(others, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    ]


def _set_rates(optimizers: list[Any], share: float) -> None:
    for optimizer, rate in zip(optimizers, (_MATRIX_RATE, _RATE), strict=True):
        for group in optimizer.param_groups:
            group["lr"] = share * rate


def _rate(step: int, *, first: int, steps: int) -> float:
    """Return the share of the full rate: it rises, stays, and falls in the last part."""
    left = 1 - step / steps
    return min(1.0, (step - first + 1) / _WARM_UP, max(_LEAST, left / _SLOWING))


if __name__ == "__main__":
    main()
