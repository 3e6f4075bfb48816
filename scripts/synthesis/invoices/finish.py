"""Small choices of a layout that leave its structure as it is: marks between texts, grounds, who is bold."""

from dataclasses import dataclass
from random import Random

from synthesis.chance import happens


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Small choices. A mark is what stands between texts in one line."""

    logo_shape: str  # disc, bars, peak, tile
    meta_mark: str
    sender_mark: str
    footer_mark: str
    are_contacts_stacked: bool
    are_cells_centred: bool
    has_rule_under_labels: bool
    has_label_above: bool  # of terms, remarks and words
    has_ground_of_sums: bool
    is_buyer_bold: bool
    is_attention_first: bool
    is_signature_left: bool
    has_name_in_footer: bool
    has_account_holder: bool
    has_number_on_single_page: bool
    says_continued: bool
    has_running_head: bool
    has_page_frame: bool


def random_finish(rng: Random) -> Finish:
    """Choose at random."""
    return Finish(
        logo_shape=rng.choice(("disc", "bars", "peak", "tile")),
        meta_mark=rng.choice((" | ", " · ", "   ", "; ")),
        sender_mark=rng.choice((" · ", " | ", ", ", " – ", " * ")),
        footer_mark=rng.choice((" · ", " | ", "  –  ")),
        are_contacts_stacked=happens(rng, 0.5),
        are_cells_centred=happens(rng, 0.4),
        has_rule_under_labels=happens(rng, 0.2),
        has_label_above=happens(rng, 0.2),
        has_ground_of_sums=happens(rng, 0.4),
        is_buyer_bold=happens(rng, 0.6),
        is_attention_first=happens(rng, 0.3),
        is_signature_left=happens(rng, 0.5),
        has_name_in_footer=happens(rng, 0.4),
        has_account_holder=happens(rng, 0.2),
        has_number_on_single_page=happens(rng, 0.6),
        says_continued=happens(rng, 0.6),
        has_running_head=happens(rng, 0.4),
        has_page_frame=happens(rng, 0.04),
    )
