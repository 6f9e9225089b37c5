"""Learn the weights of ``councilgraph/extraction/model_weights.json`` from annotated sentences.

    python data/training/train.py [--reports FOLDER] [--out FILE] [--cross-validate]

``sentences*.jsonl`` beside this file are our own writing about councils in general. With
``--reports``, a folder with the text of the annotated reports, the development pages of
``data/assessments/evidence/`` are learned from too; the held-out ones never are. The weights
in the repository were made with ``--reports ../shared/reports``. ``--cross-validate`` writes
nothing and prints how well labels are found that the weights had not seen. Needs
scikit-learn, which nothing else does. The same input gives the same file, to the byte.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from examples import ROOT, Passage, finding_rows, own_passages, real_passages
from fitting import learn
from measure import cross_validate, figures

from councilgraph.extraction.vocabulary import load_vocabulary

HERE = Path(__file__).resolve().parent
EVIDENCE = ROOT / "data" / "assessments" / "evidence"
OUT = ROOT / "councilgraph" / "extraction" / "model_weights.json"


def read_passages(own: list[Path], findings: list[Path], reports: Path | None) -> list[Passage]:
    """All annotated passages, in the order of their files' names; of reports, where they are at hand."""
    passages = [p for path in sorted(own) for p in own_passages(path)]
    if reports:
        for path in sorted(findings):
            passages += real_passages(path.stem, finding_rows(path, reports))
    return passages


def in_lines(data: dict[str, Any]) -> str:
    """The weights as JSON with one feature a line, so that a change of them can be read."""
    models = []
    for name in ("polarity", "theme", "topics"):
        parts = [
            f'"{key}": {json.dumps(value, sort_keys=True)}'
            for key, value in sorted(data[name].items())
            if key != "weights"
        ]
        rows = (
            f"{json.dumps(k)}: {json.dumps(v, sort_keys=True)}"
            for k, v in sorted(data[name]["weights"].items())
        )
        models.append(f'"{name}": {{\n' + ",\n".join(parts) + ',\n"weights": {\n' + ",\n".join(rows) + "\n}}")
    return f'{{"sentences": {data["sentences"]},\n' + ",\n".join(models) + "}\n"


def main(arguments: list[str] | None = None) -> None:
    """Read, learn, write; or read, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--own", type=Path, nargs="*", default=sorted(HERE.glob("sentences*.jsonl")))
    parser.add_argument("--findings", type=Path, nargs="*", default=sorted(EVIDENCE.glob("*.jsonl")))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args(arguments)
    passages = read_passages(options.own, options.findings, options.reports)
    vocabulary = load_vocabulary(ROOT / "ontology" / "schemes")
    if options.cross_validate:
        for name, counts in cross_validate(passages, vocabulary):
            print(f"{name:20}", "  ".join(f"{k} {v:.3f}" for k, v in figures(counts).items()))
        return
    sentences = sum(len(p.examples) for p in passages)
    data = {"sentences": sentences, **learn(passages, vocabulary)}
    options.out.write_text(in_lines(data), encoding="utf-8")
    print(f"{options.out}: {sentences} sentences")


if __name__ == "__main__":
    main()
