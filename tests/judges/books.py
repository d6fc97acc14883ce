#!/usr/bin/env python3
"""books.py ROOT FOLDER - the eighteen records as people.csv, people-2.xlsx (by openpyxl) and
people-2.ods (by odfpy), and one sheet of every kind of cell, kinds.xlsx."""
import csv
import datetime
import glob
import os
import sys
import xml.etree.ElementTree as tree

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

NAMESPACE = '{urn:lettermerge:recipient:1}'


def words(element):
    return ' '.join(''.join(element.itertext()).split())


def flatten(element, before, out):
    for child in element:
        name = child.tag.replace(NAMESPACE, '')
        lines = child.findall(NAMESPACE + 'line')
        if name == 'vru':
            flatten(child, 'vru.', out)
        elif lines:
            out[before + name] = '\n'.join(words(line) for line in lines)
        elif name != 'sources':
            out[before + name] = words(child)
    return out


def read_records(folder):
    records = []
    for path in sorted(glob.glob(os.path.join(folder, '*.xml'))):
        root = tree.parse(path).getroot()
        records.append(flatten(root, '', {'id': root.get('id')}))
    columns = list(dict.fromkeys(name for record in records for name in record))
    return [columns] + [[record.get(name, '') for name in columns] for record in records]


def write_csv(path, rows):
    with open(path, 'w', newline='', encoding='utf-8') as file:
        csv.writer(file).writerows(rows)


def write_xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def write_ods(path, rows):
    book = OpenDocumentSpreadsheet()
    table = Table(name='People')
    for row in rows:
        cells = TableRow()
        for value in row:
            cell = TableCell(valuetype='string')
            for line in value.split('\n'):
                cell.addElement(P(text=line))
            cells.addElement(cell)
        table.addElement(cells)
    book.spreadsheet.addElement(table)
    book.save(path)


KINDS = [  # a value, its format, and what the letter's reader is to see
    (1250.5, '"£"#,##0.00', '£1250.50'), (7, '000', '007'), (0.125, '0.00%', '12.50%'),
    (-57.934, '0.00', '-57.93'), (1.125, 'General', '1.125'), ('=2*21', 'General', '42'),
    (datetime.date(2020, 10, 13), 'dd/mm/yyyy', '2020-10-13'),
    (datetime.time(9, 30), 'hh:mm', '09:30'),
    (datetime.datetime(2020, 10, 13, 9, 30, 1), 'yyyy-mm-dd hh:mm:ss', '2020-10-13 09:30:01'),
    ('=NA()', 'General', '#N/A'), ('two\nlines', 'General', 'two lines'),
    (' Łódź & <Zoë> ', 'General', 'Łódź & <Zoë>'), (True, 'General', 'TRUE'),
    ('="a"&"b"', 'General', 'ab'), (1.5, '[h]:mm', '36:00'), (12, '#,##0.00 [$€-407]', '€12.00')]


def write_kinds(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(['id', 'name'])
    expected = []
    for number, (value, form, shown) in enumerate(KINDS):
        sheet.append([f'row{number}', value])
        sheet.cell(sheet.max_row, 2).number_format = form
        expected.append(f'row{number}: {shown}')
    book.save(os.path.join(folder, 'kinds.xlsx'))
    with open(os.path.join(folder, 'kinds.txt'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(expected) + '\n')


def main(root, folder):
    rows = read_records(os.path.join(root, 'recipients'))
    assert len(rows) == 19
    write_csv(os.path.join(folder, 'people.csv'), rows)
    write_xlsx(os.path.join(folder, 'people-2.xlsx'), rows)
    write_ods(os.path.join(folder, 'people-2.ods'), rows)
    write_kinds(folder)


main(*sys.argv[1:])
