"""The sentences of contracts, by language. A provision is drawn only where its term has a value.

Each provision: the terms that it fixes, then one or more wordings. `{}` fields are filled
by `contract.py`.
"""

from collections.abc import Mapping
from typing import TypeAlias

Provision: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
Section: TypeAlias = tuple[tuple[str, ...], tuple[Provision, ...]]

PRICE_TABLE = "price_list"

_ENGLISH: tuple[Section, ...] = (
    (
        ("Subject of the agreement", "Scope", "Supply"),
        (
            (
                (),
                (
                    "The Supplier shall deliver, and the Customer shall take and pay for, the articles and services named in this Agreement.",
                    "During the term the Supplier provides the Customer with what is described below, on the Customer's call-off.",
                ),
            ),
            (
                (),
                (
                    "Call-offs are made in writing and name the quantity, the place and the day of delivery.",
                    "Neither party's general conditions apply, even if they are printed on an order or on a delivery note.",
                ),
            ),
        ),
    ),
    (
        ("Prices", "Prices and quantities", "Charges"),
        (
            (
                ("price_list", "currency"),
                (
                    "The unit prices in {list_place} apply. They are in {currency_name} ({currency}) and {tax_clause}.",
                    "The Customer pays the prices of {list_place}, stated in {currency_name} ({currency}); they {tax_clause}.",
                ),
            ),
            (
                ("total_amount",),
                (
                    "All invoices under this Agreement taken together shall not exceed {total} {total_tax}.",
                    "The total price of everything supplied under this Agreement is capped at {total} ({total_tax}).",
                ),
            ),
            (
                ("tax_rate",),
                (
                    "Value added tax is charged at {tax_rate}% and shown separately on each invoice.",
                    "VAT at the rate of {tax_rate} per cent is added to the net amount.",
                ),
            ),
            (
                ("agreed_discount",),
                (
                    "The Supplier grants a discount of {agreed_discount}% on the net amount of every invoice.",
                    "From each invoice the Supplier deducts an agreed trade discount of {agreed_discount} per cent.",
                ),
            ),
            (
                ("allowed_fees",),
                (
                    "No charge other than {fees} may be added to the prices.",
                    "Besides the prices the Supplier may invoice only the following: {fees}.",
                ),
            ),
            (
                ("no_fees",),
                (
                    "The prices include packing, carriage and insurance; no further fees or surcharges may be invoiced.",
                    "Nothing may be charged in addition to the prices, in particular no freight, packing or handling.",
                ),
            ),
        ),
    ),
    (
        ("Invoicing and payment", "Payment", "Terms of payment"),
        (
            (
                ("payment_days", "payment_trigger"),
                (
                    "Invoices fall due for payment {days_words} ({days}) days after {trigger}.",
                    "The Customer shall pay each correct invoice within {days} days of {trigger}.",
                    "Payment is due {days} days from {trigger}, without deduction.",
                ),
            ),
            (
                ("bank_account",),
                (
                    "Payment is made solely to the Supplier's account with {bank}, IBAN {account}. A change of account takes effect only by a written amendment signed by both parties.",
                    "All payments go to IBAN {account} at {bank}.",
                ),
            ),
            (
                ("early_discount",),
                (
                    "If the Customer pays within {early_days} days of the invoice date it may deduct {early_percent}% as a prompt payment discount.",
                ),
            ),
            (
                ("late_fee_rate",),
                (
                    "On sums paid late, interest runs at {late_fee} from the due date.",
                    "Overdue amounts bear interest of {late_fee}.",
                ),
            ),
            (
                ("retention_rate",),
                (
                    "The Customer keeps back {retention}% of each invoice as retention until the defects period has ended.",
                ),
            ),
            (("milestones",), ("The price is payable in the following instalments:",)),
        ),
    ),
    (
        ("Delivery and acceptance", "Delivery"),
        (
            (
                (),
                (
                    "Deliveries are made on working days between 8 a.m. and 4 p.m. to the address named in the call-off.",
                    "Risk passes to the Customer when the goods have been unloaded and the delivery note has been signed.",
                ),
            ),
            (
                (),
                (
                    "Visible defects are notified within 8 working days of delivery, hidden defects without delay once found.",
                ),
            ),
        ),
    ),
    (
        ("Term and termination", "Duration", "Term"),
        (
            (
                ("effective_date", "expiry_date"),
                (
                    "This Agreement takes effect on {effective} and ends on {expiry}.",
                    "The term begins on {effective} and expires on {expiry} without notice being needed.",
                ),
            ),
            (
                ("renewal_months",),
                ("Unless terminated, it is renewed for further periods of {renewal} months each.",),
            ),
            (
                ("notice_days",),
                (
                    "Either party may terminate this Agreement by giving {notice} days' written notice.",
                    "It may be ended early by either side on written notice of {notice} days.",
                ),
            ),
        ),
    ),
    (
        ("General", "Miscellaneous", "Final provisions"),
        (
            ((), ("Amendments and additions are valid only in writing and if signed by both parties.",)),
            (
                ("governing_law",),
                (
                    "This Agreement is governed by the laws of {law}.",
                    "The law of {law} applies to this Agreement and to all disputes arising from it.",
                ),
            ),
        ),
    ),
)

_GERMAN: tuple[Section, ...] = (
    (
        ("Vertragsgegenstand", "Gegenstand"),
        (
            (
                (),
                (
                    "Der Auftragnehmer liefert dem Auftraggeber die in diesem Vertrag bezeichneten Waren und Leistungen auf Abruf.",
                    "Gegenstand dieses Vertrages sind die nachstehend aufgeführten Lieferungen und Leistungen.",
                ),
            ),
            (
                (),
                (
                    "Allgemeine Geschäftsbedingungen der Parteien gelten nicht, auch wenn auf sie verwiesen wird.",
                ),
            ),
        ),
    ),
    (
        ("Preise und Mengen", "Preise", "Vergütung"),
        (
            (
                ("price_list", "currency"),
                (
                    "Es gelten die Preise gemäß {list_place}. Sie verstehen sich in {currency_name} ({currency}) {tax_clause}.",
                    "Die Vergütung richtet sich nach {list_place}; alle Preise sind in {currency_name} ({currency}) angegeben und verstehen sich {tax_clause}.",
                ),
            ),
            (
                ("total_amount",),
                (
                    "Der Gesamtwert aller Abrufe darf {total} {total_tax} nicht überschreiten.",
                    "Das Auftragsvolumen ist auf höchstens {total} ({total_tax}) begrenzt.",
                ),
            ),
            (
                ("tax_rate",),
                (
                    "Die Umsatzsteuer beträgt {tax_rate} % und wird gesondert ausgewiesen.",
                    "Hinzu kommt die Umsatzsteuer in Höhe von {tax_rate} %.",
                ),
            ),
            (
                ("agreed_discount",),
                (
                    "Auf den Nettobetrag jeder Rechnung gewährt der Auftragnehmer einen Rabatt von {agreed_discount} %.",
                ),
            ),
            (("allowed_fees",), ("Neben den Preisen darf nur Folgendes berechnet werden: {fees}.",)),
            (
                ("no_fees",),
                (
                    "In den Preisen sind Verpackung, Fracht und Versicherung enthalten; weitere Nebenkosten werden nicht vergütet.",
                    "Zuschläge, Versandkosten und sonstige Gebühren dürfen nicht gesondert berechnet werden.",
                ),
            ),
        ),
    ),
    (
        ("Rechnungsstellung und Zahlung", "Zahlungsbedingungen", "Zahlung"),
        (
            (
                ("payment_days", "payment_trigger"),
                (
                    "Rechnungen sind innerhalb von {days} Tagen ab {trigger} ohne Abzug zur Zahlung fällig.",
                    "Die Zahlungsfrist beträgt {days_words} ({days}) Tage ab {trigger}.",
                ),
            ),
            (
                ("bank_account",),
                (
                    "Zahlungen erfolgen ausschließlich auf das Konto des Auftragnehmers bei der {bank}, IBAN {account}.",
                    "Der Auftraggeber zahlt auf das Konto IBAN {account} ({bank}).",
                ),
            ),
            (
                ("early_discount",),
                (
                    "Bei Zahlung innerhalb von {early_days} Tagen darf der Auftraggeber {early_percent} % Skonto abziehen.",
                ),
            ),
            (
                ("late_fee_rate",),
                (
                    "Bei Verzug werden Zinsen in Höhe von {late_fee} geschuldet.",
                    "Der Verzugszins beträgt {late_fee}.",
                ),
            ),
            (
                ("retention_rate",),
                (
                    "Der Auftraggeber behält von jeder Rechnung {retention} % als Sicherheit bis zum Ablauf der Gewährleistung ein.",
                ),
            ),
            (("milestones",), ("Die Vergütung wird in folgenden Teilbeträgen fällig:",)),
        ),
    ),
    (
        ("Lieferung und Gefahrübergang", "Lieferung"),
        (
            ((), ("Geliefert wird an Werktagen zwischen 7 und 15 Uhr an die im Abruf genannte Anschrift.",)),
            (
                (),
                (
                    "Offene Mängel sind binnen 8 Werktagen nach Lieferung zu rügen, verdeckte unverzüglich nach Entdeckung.",
                ),
            ),
        ),
    ),
    (
        ("Laufzeit und Kündigung", "Vertragsdauer", "Laufzeit"),
        (
            (
                ("effective_date", "expiry_date"),
                (
                    "Der Vertrag beginnt am {effective} und endet am {expiry}.",
                    "Die Laufzeit beginnt am {effective}; sie endet mit Ablauf des {expiry}, ohne dass es einer Kündigung bedarf.",
                ),
            ),
            (("renewal_months",), ("Wird nicht gekündigt, verlängert er sich jeweils um {renewal} Monate.",)),
            (
                ("notice_days",),
                (
                    "Er kann von jeder Partei mit einer Frist von {notice} Tagen schriftlich gekündigt werden.",
                ),
            ),
        ),
    ),
    (
        ("Schlussbestimmungen", "Sonstiges"),
        (
            (
                (),
                (
                    "Änderungen und Ergänzungen bedürfen der Schriftform und der Unterschrift beider Parteien.",
                ),
            ),
            (("governing_law",), ("Es gilt das Recht {law}.", "Dieser Vertrag unterliegt dem Recht {law}.")),
        ),
    ),
)

_CHINESE: tuple[Section, ...] = (
    (
        ("合同标的", "标的与范围"),
        (
            (
                (),
                (
                    "乙方按照本合同约定向甲方供应货物及相关服务，甲方按约定接收并支付价款。",
                    "甲乙双方经平等协商，就下列货物的供应达成本合同。",
                ),
            ),
            ((), ("具体供货批次以甲方书面通知为准，通知中应写明品名、数量和交货地点。",)),
        ),
    ),
    (
        ("价格与数量", "合同价款", "价款"),
        (
            (
                ("price_list", "currency"),
                (
                    "货物名称、规格及单价见{list_place}，以{currency_name}计价，单价{tax_clause}。",
                    "双方约定的单价列于{list_place}，币种为{currency_name}，上述单价{tax_clause}。",
                ),
            ),
            (
                ("total_amount",),
                (
                    "合同总价（{total_tax}）不超过{total}（大写：{total_words}）。",
                    "本合同总金额上限为{total_words}（{total}，{total_tax}）。",
                ),
            ),
            (
                ("tax_rate",),
                ("增值税税率为{tax_rate}%。", "本合同适用的增值税税率为{tax_rate}%，税额在发票上单独列示。"),
            ),
            (("agreed_discount",), ("乙方就每张发票的不含税金额给予甲方{agreed_discount}%的折扣。",)),
            (("allowed_fees",), ("除单价外，乙方仅可另行收取下列费用：{fees}。",)),
            (
                ("no_fees",),
                (
                    "上述价格已包含包装、运输、保险等一切费用，乙方不得另行收取其他费用。",
                    "除合同价款外，甲方不再向乙方支付运费、包装费等任何费用。",
                ),
            ),
        ),
    ),
    (
        ("发票与付款", "付款方式", "结算与支付"),
        (
            (
                ("invoice_type_required",),
                (
                    "乙方应向甲方开具{invoice_type}。",
                    "付款前，乙方须提供合法有效的{invoice_type}，否则甲方有权顺延付款。",
                ),
            ),
            (
                ("payment_days", "payment_trigger"),
                (
                    "甲方应在{trigger}{days}日内支付相应货款。",
                    "付款期限为{trigger}{days_words}（{days}）日内。",
                ),
            ),
            (
                ("bank_account",),
                (
                    "货款应汇入乙方以下账户：开户行：{bank}，账号：{account}。",
                    "乙方指定收款账户为：{bank}，账号{account}；账户变更须经双方书面确认。",
                ),
            ),
            (("late_fee_rate",), ("甲方逾期付款的，按{late_fee}向乙方支付违约金。",)),
            (
                ("retention_rate",),
                ("甲方从每期应付货款中扣留{retention}%作为质量保证金，质保期满后无息返还。",),
            ),
            (("milestones",), ("合同价款按下列节点分期支付：",)),
        ),
    ),
    (
        ("交货与验收", "交付与验收"),
        (
            ((), ("乙方应将货物运至甲方指定地点，交货前的一切风险由乙方承担。",)),
            ((), ("甲方应在到货后5个工作日内完成验收，逾期未提出书面异议的视为验收合格。",)),
        ),
    ),
    (
        ("合同期限", "有效期与解除"),
        (
            (
                ("effective_date", "expiry_date"),
                (
                    "本合同自{effective}起生效，至{expiry}止。",
                    "本合同有效期为{effective}至{expiry}。",
                ),
            ),
            (("renewal_months",), ("期满前双方无异议的，本合同自动续展{renewal}个月。",)),
            (("notice_days",), ("任何一方可提前{notice}日书面通知对方解除本合同。",)),
        ),
    ),
    (
        ("其他", "争议解决与其他"),
        (
            ((), ("本合同一式四份，双方各执两份，具有同等法律效力；未尽事宜由双方另行签订补充协议。",)),
            (("governing_law",), ("本合同的订立、履行及争议解决适用{law}法律。",)),
        ),
    ),
)

SECTIONS: Mapping[str, tuple[Section, ...]] = {"en": _ENGLISH, "de": _GERMAN, "zh": _CHINESE}

TRIGGERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "invoice_date": "the date of the invoice",
        "receipt": "receipt of the invoice",
        "delivery": "delivery",
    },
    "de": {"invoice_date": "Rechnungsdatum", "receipt": "Zugang der Rechnung", "delivery": "Lieferung"},
    "zh": {"invoice_date": "开票之日起", "receipt": "收到发票后", "delivery": "到货后"},
}
HEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "number": "Agreement No.",
        "between": "between",
        "seller": 'the "Supplier"',
        "buyer": 'the "Customer"',
        "tax_id": "VAT No.",
        "signed": "Signed on {date}",
        "annex": "Annex A",
        "annex_title": "Price list",
        "here": "the table below",
    },
    "de": {
        "number": "Vertragsnummer",
        "between": "zwischen",
        "seller": "„Auftragnehmer“",
        "buyer": "„Auftraggeber“",
        "tax_id": "USt-IdNr.",
        "signed": "Unterzeichnet am {date}",
        "annex": "Anlage 1",
        "annex_title": "Preisliste",
        "here": "der folgenden Tabelle",
    },
    "zh": {
        "number": "合同编号",
        "between": "",
        "seller": "乙方（供方）",
        "buyer": "甲方（需方）",
        "tax_id": "统一社会信用代码",
        "signed": "签订日期：{date}",
        "annex": "附件一",
        "annex_title": "价格清单",
        "here": "下表",
    },
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "description": "Description",
        "specification": "Specification",
        "unit": "Unit",
        "quantity": "Quantity",
        "unit_price": "Unit price",
        "name": "Instalment",
        "share": "Share",
        "amount": "Amount",
        "due": "Due on",
    },
    "de": {
        "description": "Bezeichnung",
        "specification": "Ausführung",
        "unit": "Einheit",
        "quantity": "Menge",
        "unit_price": "Einzelpreis",
        "name": "Teilbetrag",
        "share": "Anteil",
        "amount": "Betrag",
        "due": "Fällig bei",
    },
    "zh": {
        "description": "货物名称",
        "specification": "规格型号",
        "unit": "单位",
        "quantity": "数量",
        "unit_price": "单价（元）",
        "name": "付款节点",
        "share": "比例",
        "amount": "金额（元）",
        "due": "付款条件",
    },
}
