#!/usr/bin/env python3
"""codes.py PROGRAM - codes of all types in letters of ours, rendered by poppler and read by zbarimg and dmtxread: what they find is what the codes were given. TAP."""
import os
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import quoteattr

PROGRAM = os.path.abspath(sys.argv[1])
LETTER = '''<letter xmlns="urn:lettermerge:letter:1" xml:lang="de-DE" date="2024-05-07"><title>C</title>
<fields><declare name="data" type="text" debris="allowed" required="no"/>
<declare name="sum" type="money" currency="€" required="no"/></fields>
<p>Code:</p><barcode alt="Code" %s/><p>Ende.</p></letter>'''
RECORD = '''<recipient xmlns="urn:lettermerge:recipient:1" xml:lang="de-DE"><data>%s</data>
<sum>1.234,50 €</sum></recipient>'''
ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
SIGNS = ''.join(chr(c) for c in range(33, 127))

DATA = [
    ('digits', '0123456789' * 3),
    ('a link', 'https://example.org/?a=b&c=d#e'),
    ('signs', SIGNS),
    ('umlauts', 'Ärger über Öl & Größe'),
    ('Welsh, Greek, Cyrillic', 'Tŷ Gwyn, Ωμέγα, Київ'),
    ('beyond the plane', 'Brief 😀 𝔏'),
    ('long', (ALPHABET.lower() + '/') * 40),
    ('long umlauts', 'Straße zur Mühle,' * 30),
]
PAYMENTS = [
    ('all of it', 'name="Städtische Bücherei Köln" iban="DE89 3704 0044 0532 0130 00" bic="COBADEFFXXX" '
     'amount="{sum}" text="Gebühr für Bücher"',
     'BCD\n002\n1\nSCT\nCOBADEFFXXX\nStädtische Bücherei Köln\nDE89370400440532013000\nEUR1234.50\n\n\n'
     'Gebühr für Bücher'),
    ('a reference', 'name="Library" iban="GB29NWBK60161331926819" amount="0.01" reference="RF18 5390 0754 7034"',
     'BCD\n002\n1\nSCT\n\nLibrary\nGB29NWBK60161331926819\nEUR0.01\n\nRF18539007547034'),
    ('no amount', 'name="Library" iban="NL91ABNA0417164300"',
     'BCD\n002\n1\nSCT\n\nLibrary\nNL91ABNA0417164300'),
    ('as much as there may be', 'name="%s" iban="MT84MALT011000012345MTLCAST001S" amount="999999999.99" text="%s"'
     % ('n' * 70, 't' * 140),
     'BCD\n002\n1\nSCT\n\n%s\nMT84MALT011000012345MTLCAST001S\nEUR999999999.99\n\n\n%s' % ('n' * 70, 't' * 140)),
]


SWISS = [
    ('all of it', 'iban="CH4431999123000889012" name="Städtische Bibliothek" street="Gerechtigkeitsgasse" house="8a" '
     'postcode="3011" town="Bern" country="CH" amount="1949.75 CHF" reference="21 00000 00003 13947 14300 09017" '
     'payer-name="Şule Özdemir-Ĉapek" payer-street="Rue de l\'Évêché" payer-house="1" payer-postcode="1003" '
     'payer-town="Lausanne" payer-country="CH" text="Gebühr &amp; Versand" billing="//S1/10/X"',
     'SPC\n0200\n1\nCH4431999123000889012\nS\nStädtische Bibliothek\nGerechtigkeitsgasse\n8a\n3011\nBern\nCH\n'
     '\n\n\n\n\n\n\n1949.75\nCHF\nS\nŞule Özdemir-Ĉapek\nRue de l\'Évêché\n1\n1003\nLausanne\nCH\n'
     'QRR\n210000000003139471430009017\nGebühr & Versand\nEPD\n//S1/10/X'),
    ('least', 'iban="LI21 0881 0000 2324 013A A" name="V" postcode="9490" town="Vaduz" country="LI" currency="EUR" amount="{sum}"',
     'SPC\n0200\n1\nLI21088100002324013AA\nS\nV\n\n\n9490\nVaduz\nLI\n\n\n\n\n\n\n\n1234.50\nEUR\n\n\n\n\n\n\n\nNON\n\n\nEPD'),
    ('as much as most would ever write', 'iban="CH5800791123000889012" name="%s" street="%s" house="%s" postcode="%s" town="%s" country="CH" '
     'amount="999999999.99 EUR" payer-name="%s" payer-street="%s" payer-house="%s" payer-postcode="%s" payer-town="%s" '
     'payer-country="DE" reference="RF18 5390 0754 7034" text="%s"'
     % ('a' * 70, 'b' * 40, 'c' * 16, 'd' * 16, 'e' * 35, 'f' * 70, 'g' * 40, 'h' * 16, 'i' * 16, 'j' * 35, 'k' * 140),
     'SPC\n0200\n1\nCH5800791123000889012\nS\n%s\n%s\n%s\n%s\n%s\nCH\n\n\n\n\n\n\n\n999999999.99\nEUR\nS\n%s\n%s\n%s\n%s\n%s\nDE\n'
     'SCOR\nRF18539007547034\n%s\nEPD'
     % ('a' * 70, 'b' * 40, 'c' * 16, 'd' * 16, 'e' * 35, 'f' * 70, 'g' * 40, 'h' * 16, 'i' * 16, 'j' * 35, 'k' * 140)),
]


def cases():
    for name, data in DATA:
        yield 'qr: ' + name, 'type="qr" data="{data}"', data
        yield 'datamatrix: ' + name, 'type="datamatrix" data="{data}"', data
    for name, data in DATA[:3]:
        yield 'code128: ' + name, 'type="code128" data="{data}"', data if len(data) < 60 else data[:40]
    for name, attributes, data in PAYMENTS:
        yield 'epc: ' + name, 'type="epc" ' + attributes, data
    for name, attributes, data in SWISS:
        yield 'swiss: ' + name, 'type="swiss" ' + attributes, data
    yield 'least modules', 'type="qr" width="7mm" data="{data}"', 'A1'
    yield 'at the right, wide', 'type="qr" width="120mm" data="{data}"', 'A1'
    yield 'lines', 'type="qr" data=%s' % quoteattr('BEGIN:VCARD\nN:Jones\nEND:VCARD', {'\n': '&#10;'}), \
        'BEGIN:VCARD\nN:Jones\nEND:VCARD'


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def read(picture, matrix):
    if matrix:
        found = run('dmtxread', '-N1', '-m', '20000', picture).stdout
        # That the bytes are UTF-8 (ECI 26) it does not know how to tell, and gives as a character.
        return found[1:] if found.startswith(b'\x1a') else found
    found = run('zbarimg', '-q', '--raw', picture).stdout
    return found[:-1] if found.endswith(b'\n') else found


def hold(folder, attributes, data):
    """What is wrong, or nothing."""
    os.makedirs(folder + '/r')
    with open(folder + '/t.xml', 'w', encoding='utf-8') as file:
        file.write(LETTER % attributes)
    with open(folder + '/r/a.xml', 'w', encoding='utf-8') as file:
        file.write(RECORD % data.replace('&', '&amp;').replace('<', '&lt;'))
    made = run(PROGRAM, 'batch', '-q', '--no-sign', '-t', folder + '/t.xml', '-r', folder + '/r', '-o', folder + '/o')
    if made.returncode or made.stderr:
        return 'the letter: ' + (made.stdout + made.stderr).decode()
    run('pdftoppm', '-r', '200' if 'datamatrix' in attributes else '300', '-png', '-singlefile', folder + '/o/a.pdf', folder + '/a')
    found = read(folder + '/a.png', 'datamatrix' in attributes)
    if found != data.encode():
        return 'is %r\nnot %r' % (found.decode('utf-8', 'replace'), data)
    return None


def main():
    bad = count = 0
    for name, attributes, data in cases():
        count += 1
        folder = tempfile.mkdtemp()
        try:
            fault = hold(folder, attributes, data)
        finally:
            shutil.rmtree(folder)
        if fault:
            bad = 1
            print('# ' + fault.replace('\n', '\n# '))
        print('%sok %d - %s' % ('not ' if fault else '', count, name))
    print('1..%d' % count)
    sys.exit(bad)


main()
