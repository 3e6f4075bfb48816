from collections.abc import Sequence
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.document import Document, MediaType
from extractor.field_specs.recognition import Recognition, recognise
from extractor.pages.geometry import Box
from extractor.pages.page import Page, Word

PDF = Document(id="sha256:0", source="a.pdf", media_type=MediaType.PDF, page_count=1, content=b"")


def page(text: str, *, large: Sequence[str] = ()) -> Page:
    """Set a page in lines; two spaces or more part two columns; lines in `large` are set in 20 points."""
    words: list[Word] = []
    top = 40.0
    for line in text.strip().splitlines():
        size = 20.0 if line.strip() in large else 10.0
        left = 40.0
        for part in line.strip().split("  "):
            for word in part.split():
                width = size * 0.5 * len(word)
                words.append(Word(text=word, box=Box(left, top, left + width, top + size)))
                left += width + size * 0.3
            left += 4 * size
        top += size * 1.4
    return Page(number=1, width=595, height=842, words=tuple(words))


def seen(text: str, *, large: Sequence[str] = ()) -> Recognition:
    return recognise([page(text, large=large)], PDF)


INVOICES = {
    "English": """
        Tarnhollow Joinery Ltd  INVOICE
        12 Quay Lane, Bristol
        Bill To  Invoice No: TJ-2201
        Ostrow Catering Ltd  Invoice Date: 3 March 2026
        Description  Qty  Unit Price  Amount
        Oak shelf  4  25.00  100.00
        Subtotal  100.00
        VAT 20%  20.00
        Total  120.00
    """,
    "German letter form": """
        Musterbau Quendel GmbH
        Rechnung Nr. 4711
        Datum: 05.03.2026
        Sehr geehrte Damen und Herren, für unsere Arbeiten berechnen wir Ihnen:
        Pos  Bezeichnung  Menge  Einzelpreis  Gesamt
        1  Pflasterarbeiten  12  80,00  960,00
        Nettobetrag  960,00
        zzgl. 19 % MwSt.  182,40
        Rechnungsbetrag  1.142,40
    """,
    "French": """
        Facture n° 2026-118
        Date de facture : 12/03/2026
        Désignation  Quantité  Prix unitaire HT  Total HT
        Pose de carrelage  3  45,00  135,00
        Total HT  135,00
        TVA 20 %  27,00
        Net à payer  162,00
    """,
    "fapiao": """
        电子发票（增值税专用发票）
        发票号码：26952000000123456789
        开票日期：2026年03月05日
        购买方信息 名称：云岭示例科技有限公司
        销售方信息 名称：江畔样品贸易有限公司
        项目名称  规格型号  单位  数量  单价  金额  税率  税额
        *办公用品*订书机  K-2  个  5  20.00  100.00  13%  13.00
        合 计  ¥100.00  ¥13.00
        价税合计（大写） 壹佰壹拾叁圆整  （小写）¥113.00
    """,
    "till receipt without a title": """
        HARBOUR GROCERS
        GST ID : 0001234
        Milk  2  3.20  6.40
        Bread  1  2.80  2.80
        Subtotal  9.20
        GST 6%  0.55
        Total Amount  9.75
        Cash  10.00
        Change  0.25
    """,
    "invoice with terms below": """
        INVOICE
        Invoice No: 88  Invoice Date: 1 May 2026
        Due Date: 31 May 2026
        Description  Quantity  Unit Price  Amount
        Cleaning  2  50.00  100.00
        Subtotal  100.00
        VAT  20.00
        Amount Due  120.00
        1. The Customer shall pay interest on late amounts under this agreement.
        2. Goods remain the property of the Seller until the parties agree that payment has been made.
    """,
    "bare American bill": """
        Sammy's Lawn Care
        123 Elm St
        INVOICE 1001
        To: Pat Example
        Mowing (4 visits)  $160.00
        Total due: $160.00
        Thank you!
    """,
    "electricity bill": """
        Your electricity bill
        Account number 8812345  Bill date 3 March 2026
        Previous balance  £40.00
        Charges this period  £62.10
        VAT at 5%  £3.10
        Amount due  £65.20
        Please pay by 20 March 2026
    """,
    "hotel folio": """
        Guest Folio
        Room 214  Arrival 01.03.2026  Departure 03.03.2026
        Folio No: 77812  Date: 03.03.2026
        Room charge  120.00
        Room charge  120.00
        VAT 7%  16.80
        Total  256.80
        Balance due  0.00
    """,
    "Dutch": """
        Factuur
        Factuurnummer: 2026-0043  Factuurdatum: 05-03-2026
        Vervaldatum: 04-04-2026
        Omschrijving  Aantal  Prijs  Bedrag
        Websitebeheer  1  250,00  250,00
        Subtotaal  250,00
        BTW 21%  52,50
        Totaal te voldoen  302,50
    """,
    "Italian": """
        FATTURA n. 12 del 05/03/2026
        Spett.le Rossi Esempio SRL
        Descrizione  Q.tà  Prezzo  Importo
        Consulenza  1  500,00  500,00
        Imponibile  500,00
        IVA 22%  110,00
        Totale fattura  610,00
    """,
    "German credit note": """
        Gutschrift
        Gutschrift-Nr. G-12  Datum 05.03.2026
        zur Rechnung 4711
        Rücksendung  -1  100,00  -100,00
        Nettobetrag  -100,00
        USt 19 %  -19,00
        Gesamtbetrag  -119,00
    """,
    "Chinese till receipt": """
        购物小票
        小票号：00123
        商品  数量  金额
        牛奶  2  16.00
        合计：16.00
        实收：20.00
        找零：4.00
    """,
    "invoice under a contract": """
        Invoice
        Invoice No. 33  Invoice date 1 May 2026
        Contract No. AG-77 (Service Agreement of 1 January 2026)
        Services under the Service Agreement, April 2026  1  1,000.00
        Subtotal  1,000.00
        VAT 20 %  200.00
        Total  1,200.00
        Payment terms: 30 days after receipt of invoice
    """,
}

CONTRACTS = {
    "English": """
        SUPPLY AGREEMENT
        This Agreement is made on 2 January 2026 between Fennimore Tools Ltd ("Supplier") and Lark Homes plc.
        1. The Supplier shall deliver the goods listed in Annex A.
        2. The Buyer shall pay each invoice within thirty (30) days of receipt of the invoice.
        3. This Agreement is governed by the laws of England.
    """,
    "without a title": """
        WHEREAS the parties wish to cooperate in the distribution of the products described herein, and
        the Distributor has represented that it has the facilities to do so, now therefore the parties hereto
        agree as follows and hereby undertake to keep all confidential information secret for five years.
        1.1 Appointment. The Company hereby appoints the Distributor as its exclusive distributor.
        1.2 Term. The initial term shall commence on the effective date and shall continue for three years.
        2.1 Prices. The Distributor shall pay the prices set forth in Exhibit B and shall not set off.
    """,
    "Chinese": """
        设备采购合同
        合同编号：HT-2026-018
        甲方（买方）：云岭示例科技有限公司
        乙方（卖方）：江畔样品贸易有限公司
        第一条 合同标的
        乙方向甲方提供附件一所列设备。
        第二条 付款方式
        甲方收到发票后三十日内支付。
        第三条 违约责任
        任何一方违约，应当承担违约责任。
    """,
    "German": """
        Rahmenvertrag
        zwischen der Quendel Bau GmbH - nachfolgend Auftraggeber - und der Erlenhof Technik KG
        - nachfolgend Auftragnehmer -
        § 1 Vertragsgegenstand
        Der Auftragnehmer erbringt die in der Anlage 1 beschriebenen Leistungen.
        § 2 Vergütung
        Rechnungen sind innerhalb von 30 Tagen nach Rechnungseingang zahlbar.
        § 3 Laufzeit und Kündigung
        Dieser Vertrag tritt am 1. Januar 2026 in Kraft.
    """,
    "contract that names the invoice it wants": """
        Purchase Contract No. 7-12
        Invoice: the Seller shall issue a VAT invoice with each delivery.
        1. Seller shall deliver the goods; Buyer shall pay within 30 days of the invoice date.
        2. The parties may amend this contract in writing only.
        Item  Quantity  Unit Price  Amount
        Valve  10  12.50  125.00
        Total  125.00
    """,
    "amendment": """
        Amendment No. 2 to the Supply Agreement
        between Fennimore Tools Ltd and Lark Homes plc dated 2 January 2026
        1. Clause 4.2 is replaced as follows: the Buyer shall pay within 45 days.
        2. All other provisions remain unchanged.
        3. This Amendment takes effect on 1 June 2026.
    """,
    "Chinese amendment": """
        补充协议
        甲方：云岭示例科技有限公司
        乙方：江畔样品贸易有限公司
        一、付款期限由三十日变更为四十五日。
        二、本协议自2026年6月1日起生效。
        三、其他条款不变。
    """,
    "German confidentiality agreement": """
        Geheimhaltungsvereinbarung
        zwischen Quendel Bau GmbH und Erlenhof Technik KG
        1. Die Parteien beabsichtigen eine Zusammenarbeit.
        2. Vertrauliche Informationen dürfen Dritten nicht offengelegt werden.
        3. Diese Vereinbarung gilt fünf Jahre.
    """,
    "German sale with a price table": """
        Kaufvertrag
        Verkäufer: Erlenhof Technik KG, Käufer: Quendel Bau GmbH
        § 1 Kaufgegenstand
        Pos  Artikel  Menge  Einzelpreis  Gesamtpreis
        1  Pumpe  2  500,00  1.000,00
        § 2 Kaufpreis
        Der Kaufpreis beträgt netto 1.000,00 EUR zuzüglich Umsatzsteuer.
        § 3 Zahlung
        Zahlbar binnen 14 Tagen nach Rechnungseingang.
    """,
    "French": """
        Contrat de prestation de services
        Entre les soussignés : Société Exemple SARL, ci-après le Prestataire, et Modèle SA, ci-après le Client
        Article 1 - Objet
        Le présent contrat a pour objet la maintenance des ascenseurs.
        Article 2 - Prix
        Les factures sont payables à trente jours.
    """,
    "letter agreement": """
        Dear Mr. Example,
        This letter agreement sets forth the terms on which Lark Homes plc engages you as a consultant.
        You shall provide the services described in Exhibit A. The Company shall pay you $5,000 per month.
        Either party may terminate this agreement upon thirty days written notice.
        This agreement shall be governed by the laws of the State of New York.
        Please sign below to confirm your acceptance of the terms herein.
    """,
    "Chinese without a title": """
        甲方：云岭示例科技有限公司
        乙方：江畔样品贸易有限公司
        经双方友好协商，就设备采购事宜达成如下条款：
        1、设备名称及价格见附表。
        2、付款方式：货到后30日内付清。
        3、违约责任：按合同总价的5%支付违约金。
    """,
    "Dutch": """
        Overeenkomst van opdracht
        Partijen: Voorbeeld BV, hierna opdrachtgever, en Model VOF, hierna opdrachtnemer
        Artikel 1 De opdrachtnemer verricht de werkzaamheden uit bijlage 1.
        Artikel 2 Facturen worden binnen 30 dagen betaald.
    """,
    "statement of work": """
        Statement of Work
        This Statement of Work is issued under the Master Services Agreement dated 1 January 2026.
        1. Services. Supplier shall migrate the mail servers.
        2. Fees. Fixed fee of EUR 12,000.00 excluding VAT.
        3. Term. From 1 March 2026 until 31 May 2026.
    """,
}

OTHERS = {
    "letter": """
        Dear Neighbours,
        our street party takes place on the second Saturday of June. Please bring salads and chairs; music
        begins at four and ends at ten. Whoever wants to help with the tents may come at noon already.
        Kind regards from number seven
    """,
    "curriculum vitae": """
        Curriculum Vitae
        Experience
        2019 to 2025  Baker at Lindenhof bakery
        2015 to 2019  Apprentice
        Education
        2015  School leaving certificate
        Languages: German, English
    """,
    "article": """
        The price of honey
        Beekeepers expect a poor year. After a wet spring the bees found little to collect, and many hives
        had to be fed in May. Prices in the shops rose by a tenth, says the association, and may rise again
        before the winter. Consumers can tell good honey by its label: the country must be named on it.
    """,
    "delivery note": """
        Delivery Note
        Delivery Note No: 5512
        Item  Quantity
        Oak shelf  4
        Received in good condition
    """,
    "Chinese notice": """
        通知
        各位住户：
        因管道检修，本楼将于六月二日停水一天，请提前储水。
        物业管理处
    """,
    "purchase order": """
        Purchase Order
        PO Number: 4500123  Order Date: 3 March 2026
        Vendor  Ship To
        Ostrow Ltd  Lark Homes
        Item  Description  Qty  Unit Price  Amount
        1  Oak shelf  4  25.00  100.00
        Subtotal  100.00
        VAT 20%  20.00
        Total  120.00
        Please confirm receipt of this order.
    """,
    "German offer": """
        Angebot Nr. 2026-77
        Datum: 05.03.2026
        Sehr geehrter Herr Beispiel, gerne bieten wir Ihnen an:
        Pos  Bezeichnung  Menge  Einzelpreis  Gesamt
        1  Pflasterarbeiten  12  80,00  960,00
        Nettobetrag  960,00
        zzgl. 19 % MwSt.  182,40
        Gesamtbetrag  1.142,40
        Das Angebot gilt bis 30.04.2026.
    """,
    "bank statement": """
        Bank Statement
        Account Number 1234567  Statement Period 1 Mar - 31 Mar 2026
        Date  Description  Debit  Credit  Balance
        01.03  Opening balance      1,200.00
        02.03  Card payment  12.30    1,187.70
        05.03  Salary    2,300.00  3,487.70
    """,
    "payslip": """
        Gehaltsabrechnung März 2026
        Personalnummer 12  Steuerklasse 1
        Bruttolohn  3.200,00
        Lohnsteuer  410,00
        Auszahlungsbetrag  2.150,00
    """,
    "reminder": """
        Zahlungserinnerung
        Sehr geehrte Damen und Herren,
        sicher haben Sie übersehen, dass unsere Rechnung 4711 vom 05.03.2026 über 119,00 EUR noch offen ist.
        Bitte überweisen Sie den Betrag bis zum 30.04.2026.
    """,
    "Chinese offer": """
        报价单
        客户：云岭示例科技有限公司  日期：2026-03-05
        序号  名称  数量  单价  金额
        1  阀门  10  12.50  125.00
        合计  125.00
        报价有效期：30天
    """,
    "court report": """
        Court backs supplier in contract dispute
        The parties had signed the agreement in 2019, and the court found that the supplier shall be paid
        in full under the contract. The buyer said that it would appeal. Lawyers for both parties declined to
        comment on the ruling, which may affect other agreements in the industry, where disputes are common.
    """,
}


@pytest.mark.parametrize("name", INVOICES)
def test_invoices_and_receipts_are_invoices(name: str) -> None:
    assert seen(INVOICES[name]).spec == "invoice"


@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts_are_contracts(name: str) -> None:
    assert seen(CONTRACTS[name]).spec == "contract"


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_neither_is_other(name: str) -> None:
    assert seen(OTHERS[name]).spec == "other"


def test_the_title_is_given_as_printed() -> None:
    assert seen(CONTRACTS["German"]).title == "Rahmenvertrag"
    assert seen(INVOICES["French"]).title == "Facture n° 2026-118"


def test_a_large_title_counts_wherever_it_stands() -> None:
    lines = "\n".join(["some words of no meaning here"] * 28)
    assert seen(f"{lines}\nINVOICE\nTotal  1.00", large=["INVOICE"]).title == "INVOICE"
    assert seen(f"{lines}\nINVOICE\nTotal  1.00").title is None


def test_xml_is_an_invoice_without_a_look_at_pages() -> None:
    xml = Document(id="sha256:0", source="a.xml", media_type=MediaType.XML, page_count=0, content=b"")
    assert recognise([], xml).spec == "invoice"


def test_no_words_are_other() -> None:
    assert recognise([], PDF).spec == "other"
    assert recognise([Page(number=1, width=595, height=842, words=())], PDF).spec == "other"


def test_a_long_document_takes_no_longer_than_three_pages() -> None:
    dense = page("\n".join(["the parties shall deliver the goods and pay the price in due time"] * 60))
    recognise([dense], PDF)
    started = perf_counter()
    recognise([dense] * 3, PDF)
    three = perf_counter() - started
    started = perf_counter()
    recognise([dense] * 300, PDF)
    assert perf_counter() - started < 5 * three + 0.05


@given(st.text(max_size=300))
def test_any_page_is_one_of_the_three(text: str) -> None:
    assert recognise([page(text or "x")], PDF).spec in {"invoice", "contract", "other"}
