"""The definition machine: its training, what it said on the way, and the files that the page reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from experiments.bytepair import END, Tokenizer
from experiments.grid import CONTEXT, Shape, learning_rate
from experiments.model import Weights, layers, logits, mask_of, norm, trace
from experiments.packing import Encoded
from experiments.quantized import read_model, write_model
from experiments.reading import Text
from experiments.scaling import Stop, teller
from experiments.table import RESULTS
from experiments.training import Recipe, Stopped, Watch, measure, train

SHAPE = Shape(2048, 128, 6, 4)
FOLDER = RESULTS / "definer"
PROMPTS = ("bicycle (n):", "whisper (v):", "fearless (adj):", "slowly (adv):", "blorptree (n):")
"""The last is no word."""
SENTENCES = (
    "If the bill is overdue, remind the customer.",
    "Summarize this contract and list every date in it.",
    "whisper (v): to speak softly, as if",
)
"""Those that the page of one request follows."""
BARS = 10
LONGEST = 48
"""Tokens of a stored continuation."""
HEAD = (0, 2)
"""The layer and head, from 0, that the page opens up at first: its attention has a favorite, but other tokens
get a share too.
"""


@dataclass(frozen=True)
class Training:
    steps: int
    seed: int = 0
    order: int = 0


TRAININGS = {
    "main": Training(12_000),
    "short": Training(1500),
    "other-seed": Training(1500, seed=1),
    "other-order": Training(1500, order=1),
}
"""The model of the page, and three short runs that differ in one thing: the numbers they began with, or the
order in which they read.
"""


def next_logits(weights: Weights, ids: list[int]) -> torch.Tensor:
    reads = torch.tensor([ids])
    with torch.no_grad():
        return logits(weights, SHAPE, reads, mask_of(torch.zeros_like(reads)))[0, -1]


def bars(values: torch.Tensor) -> list[list[float]]:
    """The likeliest next tokens: id and probability."""
    shares, ids = values.softmax(-1).topk(BARS)
    return [[int(token), round(float(share), 5)] for token, share in zip(ids, shares, strict=True)]


def continuation(weights: Weights, prompt: str, tokenizer: Tokenizer) -> dict[str, Any]:
    """What follows when the likeliest token is always taken, with the bars at each step."""
    ids = [END, *tokenizer.encode(prompt)]
    said: list[dict[str, Any]] = []
    while len(said) < LONGEST and len(ids) < CONTEXT:
        values = next_logits(weights, ids)
        token = int(values.argmax())
        said.append({"id": token, "bars": bars(values)})
        if token == END:
            break
        ids.append(token)
    return {
        "prompt": prompt,
        "ids": ids[: len(ids) - len([one for one in said if one["id"] != END])],
        "steps": said,
        "text": tokenizer.decode([one["id"] for one in said]),
    }


def is_looked_at(step: int, steps: int) -> bool:
    """At the start, at powers of two, and at the end."""
    return step & (step - 1) == 0 or step == steps


def glimpse(step: int, weights: Weights, lines: list[Encoded], tokenizer: Tokenizer) -> dict[str, Any]:
    said = [continuation(weights, prompt, tokenizer) for prompt in PROMPTS]
    return {
        "step": step,
        "tuning_loss": round(measure(weights, SHAPE, lines).loss, 4),
        "prompts": [
            {"prompt": one["prompt"], "text": one["text"], "bars": one["steps"][0]["bars"]} for one in said
        ],
    }


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def train_one(name: str, text: Text, tokenizer: Tokenizer, work: Path, stop: Stop) -> None:
    """To its end, with what it says at each look kept beside the checkpoint, so that an interruption loses
    none.
    """
    training = TRAININGS[name]
    kept = work / f"definer-{name}.json"
    looks: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    lines = text.parts["tuning"][:500]

    def look(step: int, weights: Weights) -> None:
        if is_looked_at(step, training.steps) and step not in {one["step"] for one in looks}:
            looks.append(glimpse(step, weights, lines, tokenizer))
            write_json(kept, looks)

    recipe = Recipe(SHAPE, training.steps, training.seed, learning_rate(SHAPE.width), training.order)
    watch = Watch(work / f"definer-{name}.pt", teller(f"definer {name}", training.steps), stop, look)
    weights, progress = train(text.parts["training"], recipe, watch)
    held = measure(weights, SHAPE, text.parts["held-out"])
    write_json(
        FOLDER / f"{name}.json",
        {
            "training": {
                **vars(training),
                "peak_rate": recipe.peak,
                "tokens": progress.tokens,
                "flop": float(6 * SHAPE.parameters * progress.tokens),
                "seconds": round(progress.seconds),
            },
            "held_out_loss": round(held.loss, 5),
            "held_out_definition_loss": round(held.definition_loss, 5),
            "looks": looks,
        },
    )
    torch.save({name: weight.detach() for name, weight in weights.items()}, work / f"definer-{name}.weights")


def train_definer(text: Text, tokenizer: Tokenizer, work: Path) -> bool:
    """All trainings that have no result yet, the page's model first; false when asked to stop."""
    stop = Stop()
    for name in TRAININGS:
        if (FOLDER / f"{name}.json").exists():
            continue
        try:
            train_one(name, text, tokenizer, work, stop)
        except Stopped:
            print(f"stopped in {name}; the same command goes on from its checkpoint", flush=True)
            return False
    return True


def batch_difference(weights: Weights, tokenizer: Tokenizer) -> float:
    """How far the logits of the first prompt move when fifteen other lines share its batch: sums are made in
    another order.
    """
    ids = [END, *tokenizer.encode(PROMPTS[0])]
    others = [[END, *(7 * row + place for place in range(len(ids) - 1))] for row in range(15)]
    reads = torch.tensor([ids, *others])
    with torch.no_grad():
        together = logits(weights, SHAPE, reads, mask_of(torch.zeros_like(reads)))[0, -1]
    return float((together - next_logits(weights, ids)).abs().max())


def looked_into(weights: Weights, tokenizer: Tokenizer, text: str) -> dict[str, Any]:
    """What a sentence is inside: its tokens, their rows of numbers as the first layer reads them, the last
    token's attention by layer and head, and what may follow.
    """
    ids = [END, *tokenizer.encode(text)]
    values, attention = trace(weights, SHAPE, ids)
    return {
        "text": text,
        "ids": ids,
        "tokens": [said_one(one, tokenizer) for one in ids],
        "bars": said(bars(values[-1]), tokenizer),
        "attention": rounded(attention[:, :, -1]),
        "rows": rounded(norm(weights["table"][torch.tensor(ids)])),
    }


def stored_prompt(weights: Weights, tokenizer: Tokenizer, prompt: str) -> dict[str, Any]:
    """A prompt, where its last token looks, and what follows when the likeliest token is always taken."""
    found = looked_into(weights, tokenizer, prompt)
    follows = continuation(weights, prompt, tokenizer)
    steps = [
        {"id": step["id"], "text": said_one(step["id"], tokenizer), "bars": said(step["bars"], tokenizer)}
        for step in follows["steps"]
    ]
    return {
        "prompt": prompt,
        "ids": found["ids"],
        "tokens": found["tokens"],
        "attention": found["attention"],
        "steps": steps,
        "text": follows["text"],
    }


def opened(weights: Weights, tokenizer: Tokenizer, prompt: str) -> dict[str, Any]:
    """What happens inside at a prompt's last token: one head and the feed-forward network of its layer, the
    logits, and what the vector would predict after each layer.
    """
    layer, head = HEAD
    ids = [END, *tokenizer.encode(prompt)]
    found = list(layers(weights, SHAPE, ids))
    chosen, table = found[layer], weights["table"]
    lens = [norm(one.after[-1]) @ table.T for one in found]
    values, best = lens[-1].topk(BARS)
    return {
        "prompt": prompt,
        "ids": ids,
        "tokens": [said_one(one, tokenizer) for one in ids],
        "shape": vars(SHAPE),
        "place": len(ids) - 1,
        "layer": layer,
        "head": head,
        "first": rounded(found[0].before[-1]),
        "before": rounded(chosen.before[-1]),
        "query": rounded(chosen.queries[head, -1]),
        "keys": rounded(chosen.keys[head]),
        "scores": rounded(chosen.scores[head, -1]),
        "attention": [rounded(row[: at + 1], 4) for at, row in enumerate(chosen.attention[head])],
        "values": rounded(chosen.values[head]),
        "mixed": rounded(chosen.mixed[head, -1]),
        "attended": rounded(chosen.attended[-1]),
        "hidden": rounded(chosen.hidden[-1]),
        "fed": rounded(chosen.fed[-1]),
        "last": rounded(norm(found[-1].after[-1]), 5),  # all their products add up to the logit, whose digits
        "row": rounded(table[best[0]], 5),  # the page shows beside that sum
        "logits": [
            [one, said_one(one, tokenizer), value]
            for one, value in zip(best.tolist(), rounded(values), strict=True)
        ],
        "bars": said(bars(lens[-1]), tokenizer),
        "lens": [said(bars(one)[:1], tokenizer)[0] for one in lens],
    }


def said(shares: list[list[Any]], tokenizer: Tokenizer) -> list[list[Any]]:
    return [[token, said_one(token, tokenizer), share] for token, share in shares]


def said_one(token: int, tokenizer: Tokenizer) -> str:
    """A token's text; nothing for the end."""
    return "" if token == END else tokenizer.decode([token])


def rounded(values: torch.Tensor, digits: int = 3) -> Any:
    """Nested lists, short enough for a file."""
    return values.double().round(decimals=digits).tolist()


def export_definer(text: Text, tokenizer: Tokenizer, work: Path) -> None:
    """The file of the page, its sheet, the stored prompts, and the logits that the page's code must meet."""
    exact: Weights = torch.load(work / "definer-main.weights", weights_only=True)
    packed, sheet = write_model(exact, SHAPE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "model.bin.gz").write_bytes(packed)
    whole = read_model(packed, SHAPE)
    held = text.parts["held-out"]
    stored, worst = [], 0.0
    for prompt in PROMPTS:
        ids = [END, *tokenizer.encode(prompt)]
        values, attention = trace(whole, SHAPE, ids)
        worst = max(worst, float((values[-1] - next_logits(exact, ids)).abs().max()))
        stored.append(
            {
                "prompt": prompt,
                "ids": ids,
                "logits": rounded(values[-1], 4),
                "attention": rounded(attention[:, :, -1], 4),
            }
        )
    sheet["quantization"] = {
        "largest_logit_difference": round(worst, 4),
        "held_out_loss": round(measure(exact, SHAPE, held).loss, 5),
        "held_out_loss_rounded": round(measure(whole, SHAPE, held).loss, 5),
    }
    sheet["places"] = CONTEXT
    sheet["batch_difference"] = batch_difference(exact, tokenizer)
    write_json(FOLDER / "model.json", sheet)
    write_json(FOLDER / "logits.json", stored)
    write_json(FOLDER / "prompts.json", [stored_prompt(whole, tokenizer, prompt) for prompt in PROMPTS])
    write_json(FOLDER / "inside.json", opened(whole, tokenizer, PROMPTS[0]))
    write_json(FOLDER / "sentences.json", [looked_into(whole, tokenizer, text) for text in SENTENCES])
    print(f"{sheet['bytes']:,} bytes, quantization {sheet['quantization']}")
