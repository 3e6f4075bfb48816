"""English clauses, each wording invented: what they fix, and what they must not be taken for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_FOUND: tuple[tuple[str, str, object], ...] = (
    ("payment_days", "The Customer shall pay each undisputed invoice within thirty (30) days of receipt.", 30),
    ("payment_days", "Invoices fall due 45 days from the date of the invoice.", 45),
    ("payment_days", "Payment terms: net 60 days from invoice date.", 60),
    ("payment_days", "All invoices are to be settled no later than fourteen days after the goods are delivered.", 14),
    ("payment_days", "The Buyer will remit payment within 21 calendar days following acceptance of the works.", 21),
    ("payment_days", "Each invoice is payable by bank transfer two weeks after it is received.", 14),
    ("payment_days", "Invoices are payable within 30 days net or within 10 days less 2% discount.", 30),
    ("payment_days", "The credit period is ninety days counted from the invoice date.", 90),
    ("payment_days", "Undisputed amounts shall be paid to the Supplier not later than 25 days after the invoice was issued.", 25),
    ("payment_days", "The Purchaser must pay within 28 days of the date on which the invoice is issued.", 28),
    ("payment_trigger", "The Customer shall pay each invoice within thirty (30) days of receipt of the invoice.", "invoice_receipt"),
    ("payment_trigger", "The Customer pays within 30 days after receiving a correct invoice.", "invoice_receipt"),
    ("payment_trigger", "Invoices fall due 45 days from the date of the invoice.", "invoice_date"),
    ("payment_trigger", "Invoices are payable 30 days after the invoice has been issued.", "invoice_date"),
    ("payment_trigger", "The price is payable within 10 days after delivery of the goods.", "delivery"),
    ("payment_trigger", "Payment is due 20 days after final acceptance.", "acceptance"),
    ("payment_trigger", "The fee is payable within 7 days of signature of this Agreement.", "signing"),
    ("total_amount", "The total contract price amounts to EUR 48,250.00 excluding VAT.", "48250.00"),
    ("total_amount", "The aggregate of all fees under this Agreement shall not exceed GBP 120,000.", "120000"),
    ("total_amount", "Contract sum: USD 9,480.50.", "9480.50"),
    ("total_amount", "The Works are carried out for a lump sum of £37,400.00, net of VAT.", "37400.00"),
    ("total_amount", "Total spend under this framework is capped at $250,000.00.", "250000.00"),
    ("total_amount", "Orders placed under this Agreement are limited to a total of EUR 15,000.00.", "15000.00"),
    ("total_amount", "The maximum value of all call-offs is EUR 64,000.00 plus VAT.", "64000.00"),
    ("total_amount", "The Purchase Price for the Goods is CHF 12'750.00.", "12750.00"),
    ("currency", "All prices are stated and paid in euro.", "EUR"),
    ("currency", "The currency of this Agreement is pounds sterling.", "GBP"),
    ("currency", "Invoices shall be denominated in US dollars.", "USD"),
    ("currency", "Payments are made in CHF.", "CHF"),
    ("tax_rate", "VAT is added at the rate of 20%.", 20),
    ("tax_rate", "Value added tax at 19 per cent will be charged in addition.", 19),
    ("tax_rate", "Prices are subject to sales tax of 8.25%.", "8.25"),
    ("tax_rate", "The applicable tax rate is 21 %.", 21),
    ("invoice_type_required", "The Supplier shall submit a valid tax invoice for each delivery.", "commercial"),
    ("invoice_type_required", "For every stage the Contractor issues a progress invoice.", "partial"),
    ("invoice_type_required", "The Seller provides a special VAT invoice.", "vat_special"),
    ("agreed_discount", "The Supplier grants a discount of 5% on every invoice.", 5),
    ("agreed_discount", "A framework rebate of 3.5% is deducted from each invoice total.", "3.5"),
    ("agreed_discount", "All invoices are reduced by a trade discount of seven percent (7%).", 7),
    ("early_payment_discount", "If the Buyer pays within 10 days it may deduct 2% discount.", 2),
    ("early_payment_discount", "A prompt payment discount of 3% applies to invoices paid within 8 days.", 3),
    ("early_payment_discount", "For payment within fourteen days the Customer receives a cash discount of 1.5%.", "1.5"),
    ("retention_rate", "The Employer retains 5% of each payment until the end of the defects period.", 5),
    ("retention_rate", "A retention of ten per cent (10 %) is deducted from every interim invoice.", 10),
    ("retention_rate", "Retention: 3%.", 3),
    ("retention_rate", "Seven and a half: 7.5% of every invoice is withheld as retention money.", "7.5"),
    ("effective_date", "This Agreement takes effect on 1 March 2025.", date(2025, 3, 1)),
    ("effective_date", "The term commences on April 15, 2024 and runs until April 14, 2026.", date(2024, 4, 15)),
    ("effective_date", "Start date: 2025-02-01.", date(2025, 2, 1)),
    ("effective_date", "This contract is valid as of 07/01/2025 and ends on 06/30/2026.", date(2025, 7, 1)),
    ("expiry_date", "The term commences on April 15, 2024 and runs until April 14, 2026.", date(2026, 4, 14)),
    ("expiry_date", "This Agreement expires on 31 December 2025.", date(2025, 12, 31)),
    ("expiry_date", "The Agreement remains in force through June 30, 2027.", date(2027, 6, 30)),
    ("expiry_date", "The contract period is from 1 May 2024 to 30 April 2025.", date(2025, 4, 30)),
    ("expiry_date", "This Agreement shall run for a period of two (2) years from 1 March 2025.", date(2027, 2, 28)),
    ("bank_account", "Payments are made to Harbour Bank plc, IBAN GB29 NWBK 6016 1331 9268 19, BIC NWBKGB2L.", "GB29NWBK60161331926819"),
    ("bank_account", "The Supplier's account is no. 40718823 with Coldbrook Bank, sort code 20-11-43.", "40718823"),
    ("bank_account", "Remit to: First Ferry Bank, routing no. 021000021, account number 5520019384.", "5520019384"),
    ("governing_law", "This Agreement is governed by the laws of England and Wales.", "England and Wales"),
    ("governing_law", "This contract shall be construed in accordance with the law of the State of Oregon.", "Oregon"),
    ("governing_law", "Dutch courts aside, New York law applies to this Agreement.", "New York"),
    ("late_fee_rate", "Overdue amounts bear interest at 1.5% per month.", "1.5% per month"),
    ("late_fee_rate", "Interest on late payments accrues at 8% per annum.", "8% per annum"),
    ("late_fee_rate", "Late payments bear interest at 4 percentage points above the base rate.", "4 percentage points above the base rate"),
    ("renewal_term", "The Agreement renews automatically for successive periods of twelve (12) months.", "successive periods of twelve (12) months"),
    ("renewal_term", "It is extended automatically by one year unless either party objects.", "one year"),
    ("renewal_term", "This Agreement shall renew for additional one-year terms.", "additional one-year"),
    ("termination_notice", "Either party may terminate this Agreement for convenience on 90 days' prior written notice.", "90 days'"),
    ("termination_notice", "The contract may be cancelled at any time by giving three months notice.", "three months"),
    ("termination_notice", "The notice period for termination is sixty (60) days.", "sixty (60) days"),
)  # fmt: skip

_ABSENT: tuple[tuple[str, str], ...] = (
    ("payment_days", "The warranty period is 24 months from delivery."),
    ("payment_days", "Defects are remedied within 30 days of notice."),
    ("payment_days", "The Buyer may dispute an invoice within 10 days of receipt."),
    ("payment_days", "Either party may terminate on 30 days' written notice."),
    ("payment_days", "The goods are delivered within 20 days of the order."),
    ("payment_days", "The Supplier submits its invoice within 5 days of the end of the month."),
    ("payment_days", "If payment is more than 15 days late, interest of 1% per month is owed."),
    ("payment_days", "A discount of 2% is granted for payment within 10 days of the invoice date."),
    ("payment_days", "A deposit is paid within 7 days of signature and refunded within 14 days of the end."),
    ("total_amount", "The Supplier's total liability is limited to EUR 500,000.00."),
    ("total_amount", "The Supplier maintains insurance of not less than GBP 2,000,000 in the aggregate."),
    ("total_amount", "The registered share capital is EUR 25,000.00."),
    ("tax_rate", "Late payments bear interest at 8% per annum."),
    ("tax_rate", "Withholding tax of 15% is borne by the Supplier."),
    ("agreed_discount", "A discount of 2% is granted for payment within 10 days of the invoice date."),
    ("agreed_discount", "No discount of any kind is granted, not even 2%."),
    ("early_payment_discount", "A discount of 4% is granted on each invoice."),
    ("retention_rate", "A discount of 5% applies to every invoice."),
    ("retention_rate", "Records are retained for 10 years."),
    ("expiry_date", "Prices are fixed until 31 December 2025."),
    ("expiry_date", "The goods are delivered no later than 30 June 2025."),
    ("invoice_type_required", "Invoices are payable 30 days after the invoice date."),
    ("invoice_type_required", "The Supplier may not issue a pro-forma invoice."),
    ("late_fee_rate", "VAT is added at the rate of 20%."),
    ("bank_account", "Call the Supplier on 020 7946 0991."),
    ("governing_law", "The Supplier is a company organised under the laws of Delaware."),
    ("renewal_term", "The notice period for termination is three months."),
)  # fmt: skip


@pytest.mark.parametrize(("term", "sentence", "value"), _FOUND)
def test_a_term_is_read_from_its_clause(read: Read, term: str, sentence: str, value: object) -> None:
    reading = read(
        "Supply Agreement", "4. Commercial terms", f"4.1 {sentence}", "4.2 Changes are made in writing."
    )
    best = reading.candidates[term][0]
    expected = Decimal(value) if isinstance(value, int) or str(value).replace(".", "").isdigit() else value
    found = best.value if best.value is not None else best.text
    if isinstance(expected, Decimal) and term == "bank_account":
        expected = str(value)
    assert found == expected
    assert best.clause == "4.1"
    assert best.quote == sentence


@pytest.mark.parametrize(("term", "sentence"), _ABSENT)
def test_a_near_miss_is_no_term(read: Read, term: str, sentence: str) -> None:
    reading = read(
        "Supply Agreement", "4. Further terms", f"4.1 {sentence}", "4.2 Changes are made in writing."
    )
    assert term not in reading.candidates
