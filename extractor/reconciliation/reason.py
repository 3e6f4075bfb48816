"""Why something could not be compared, or is asked of a person. The report words each in its language."""

from enum import StrEnum
from typing import TypeAlias


class Reason(StrEnum):
    """One kind of question or gap. Stable: results name them."""

    # the contract does not say
    NOT_AGREED = "not_agreed"  # what the check goes by
    NO_PRICE_LIST = "no_price_list"
    NO_MILESTONES = "no_milestones"
    MILESTONES_WITHOUT_AMOUNTS = "milestones_without_amounts"
    NO_QUANTITIES = "no_quantities"
    NO_PRICES_NOR_FEES = "no_prices_nor_fees"
    NOTHING_KEPT_BACK = "nothing_kept_back"
    RETENTION_DUE = "retention_due"
    TOTAL_WITH_OR_WITHOUT_TAX = "total_with_or_without_tax"
    UNREADABLE_IN_CONTRACT = "unreadable_in_contract"
    # the invoice does not say
    NOT_PRINTED = "not_printed"
    UNREADABLE_ON_INVOICE = "unreadable_on_invoice"
    NO_LINES = "no_lines"
    LINES_UNREADABLE = "lines_unreadable"
    PRICE_UNREADABLE = "price_unreadable"
    ONLY_RETENTION = "only_retention"
    QUANTITY_UNREADABLE = "quantity_unreadable"
    TOTAL_UNREADABLE = "total_unreadable"
    NO_LINE_PRICED = "no_line_priced"
    NO_LINE_BOUNDED = "no_line_bounded"
    NO_LINE_IS_A_MILESTONE = "no_line_is_a_milestone"
    TOO_SHORT = "too_short"
    OTHER_KIND_OF_ID = "other_kind_of_id"
    FAPIAO_STATES_THE_WHOLE = "fapiao_states_the_whole"
    # the invoice is not one to compare
    CREDIT_NOTE = "credit_note"
    PROFORMA = "proforma"
    UNDONE = "undone"
    COUNTED_BEFORE = "counted_before"
    NOTHING_ASKED_FOR = "nothing_asked_for"
    # questions about the contract
    CONTRADICTORY = "contradictory"
    NO_AMOUNT_AGREED = "no_amount_agreed"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    SECOND_CONTRACT = "second_contract"
    NOT_A_CONTRACT = "not_a_contract"
    AMENDMENT_UNCLEAR = "amendment_unclear"
    UNTIED = "untied"  # nothing says that the invoice is billed under the contract
    PIECE_OF_THE_NUMBER = "piece_of_the_number"
    RETENTION_WITHOUT_A_SHARE = "retention_without_a_share"
    # questions about the invoice
    CURRENCY_GUESSED = "currency_guessed"
    PROFORMA_BILLED = "proforma_billed"
    # questions about the time
    UNDATED = "undated"
    PARTLY_OUTSIDE = "partly_outside"
    MAYBE_RENEWED = "maybe_renewed"
    COUNTED_FROM_ELSEWHERE = "counted_from_elsewhere"
    # questions about parties
    MAYBE_THE_PARTY = "maybe_the_party"
    OTHER_PARTYS_ID = "other_partys_id"
    # questions about lines
    MAYBE_THE_ROW = "maybe_the_row"
    MAYBE_IN_A_SENTENCE = "maybe_in_a_sentence"
    UNKNOWN_NAME = "unknown_name"
    AMOUNT_ONLY = "amount_only"
    PRICE_UNDER_A_CONDITION = "price_under_a_condition"
    OTHER_UNIT = "other_unit"
    OTHER_UNIT_OF_QUANTITY = "other_unit_of_quantity"
    RATES_DIFFER = "rates_differ"
    SEVERAL_RATES = "several_rates"
    MAYBE_DISCOUNTED = "maybe_discounted"
    MAYBE_CHARGED = "maybe_charged"
    # questions about other invoices
    MAYBE_A_COPY = "maybe_a_copy"
    CORRECTED_OR_OLD_PAPER = "corrected_or_old_paper"
    UNDOES_NOTHING_KNOWN = "undoes_nothing_known"
    OTHER_CURRENCY_BEFORE = "other_currency_before"
    # questions about retention
    KEPT_TOO_MUCH = "kept_too_much"
    RELEASE_UNSURE = "release_unsure"


Why: TypeAlias = tuple[Reason, str]
"""A reason, and the sentence that says it of one invoice."""
