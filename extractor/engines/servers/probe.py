"""A question whose only allowed answer no model gives by itself: it shows whether a server keeps the form.

The grammar uses what only llguidance knows (`substring_chunks`), as pages' grammars do, so
a backend that cannot read those refuses this one, too.
"""

import json

from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import PageQuestion

MAX_NEW_TOKENS = 64
_SIDE = 112  # pixels: four by four tokens
_WORDS = ("quartz", " ", "41907")
_WANTED = {"word": "".join(_WORDS)}

PROBE = PageQuestion(
    image=Raster(width=_SIDE, height=_SIDE, rgb=b"\xff" * (_SIDE * _SIDE * 3)),
    system="You are a helpful assistant.",
    prompt="Which colour is the image? Answer with one word.",
    grammar=(
        'start: "{" "\\"word\\": " "\\"" WORD "\\"" "}"\n'
        f"WORDS: %regex {json.dumps({'substring_chunks': list(_WORDS)})}\n"
        f"WORD: WORDS & /{''.join(_WORDS)}/\n"
    ),
    schema=json.dumps(
        {
            "type": "object",
            "properties": {"word": {"type": "string", "enum": [_WANTED["word"]]}},
            "required": ["word"],
            "additionalProperties": False,
        }
    ),
)


def is_obeyed(answer: str) -> bool:
    """Say whether the answer to the probe is the one that its form allows."""
    try:
        return bool(json.loads(answer) == _WANTED)
    except ValueError:
        return False
