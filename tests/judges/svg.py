#!/usr/bin/env python3
"""svg.py PROGRAM NAMES - drawings of all kinds in a letter of ours and in a PDF of librsvg's, both rendered by poppler: they look the same. NAMES is the list of colours. TAP."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
NAMES = re.findall(r'^COLOUR\((\w+),', open(sys.argv[2], encoding='utf-8').read(), re.M)
SIDE, EDGE, DPI = 75, 40, 288  # points of the picture and of the margins; dots to the inch
DOTS = SIDE * DPI // 72
BLOCK = 10      # dots of a square
MOST = 10       # by so much of 255 a square may differ in the mean
STYLE = '''<style xmlns="urn:lettermerge:style:1">
<page width="180pt" height="180pt" top="%dpt" first-top="%dpt" left="%dpt" right="40pt" bottom="40pt"/>
<page-number show="no"/><element name="image" before="0" after="0" align="left"/></style>''' % (EDGE, EDGE, EDGE)
LETTER = '''<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2024-05-07"><title>S</title>%s</letter>'''
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1" xml:lang="en-GB"/>'
ROOT = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"%s>%s</svg>'

# In a square of 100.
SHAPES = [
    ('a rectangle', '<rect x="10" y="20" width="50" height="30"/>'),
    ('rounded alike', '<rect x="10" y="10" width="80" height="50" rx="12"/>'),
    ('rounded each way', '<rect x="10" y="10" width="80" height="50" rx="12" ry="25"/>'),
    ('rounded too far', '<rect x="10" y="10" width="80" height="30" rx="70" ry="99"/>'),
    ('a rectangle without width', '<rect x="10" y="10" height="80" stroke="red"/><circle r="20"/>'),
    ('a circle', '<circle cx="50" cy="40" r="30" fill="teal"/>'),
    ('an ellipse', '<ellipse cx="50" cy="40" rx="45" ry="20" fill="teal"/>'),
    ('a line', '<line x1="10" y1="20" x2="90" y2="70" stroke="black" stroke-width="5"/>'),
    ('lines', '<polyline points="10,10 90,20 30 40,80-5 0,90" fill="none" stroke="#123456" stroke-width="3"/>'),
    ('a polygon', '<polygon points="50 5 61 39 98 39 68 59 79 95 50 73 21 95 32 59 2 39 39 39" fill="gold" stroke="black"/>'),
    ('lengths', '<rect x="1mm" y="4pt" width="1.5cm" height="0.4in" fill="navy"/><rect x="1pc" y="80px" width="30" height="9"/>'),
    ('moves and lines', '<path d="M10 10L90 10 90 40H10V20z M10 60l80 10-40,20h-30v-10Z"/>'),
    ('lines behind a move', '<path d="m10 10 30 60 30-60zm5 70 60 0 0 15z"/>'),
    ('cubic curves', '<path d="M10 50C10 0 50 0 50 50S90 100 90 50" fill="none" stroke="black" stroke-width="4"/>'),
    ('cubic curves, relative', '<path d="M10 60c0-50 40-50 40 0s40 50 40 0" fill="none" stroke="black" stroke-width="4"/>'),
    ('smooth without a curve before', '<path d="M10 50S30 0 50 50l5 5s10 20 40-40" fill="none" stroke="black" stroke-width="4"/>'),
    ('quadratic curves', '<path d="M10 50Q30 0 50 50T90 50t5-40" fill="none" stroke="black" stroke-width="4"/>'),
    ('quadratic, relative', '<path d="M10 50q20-50 40 0t40 0T50 90" fill="none" stroke="black" stroke-width="4"/>'),
    ('smooth behind another kind', '<path d="M10 50Q30 0 50 50S60 90 90 50T20 90" fill="none" stroke="black" stroke-width="4"/>'),
]
SHAPES += [('an arc, large %d, sweep %d' % (large, sweep),
            '<path d="M30 60A35 20 30 %d%d70 50" fill="#9cf" stroke="black" stroke-width="3"/>' % (large, sweep))
           for large in (0, 1) for sweep in (0, 1)]
SHAPES += [
    ('an arc too small', '<path d="M10 50a5 3 20 0 1 80 0" fill="none" stroke="black" stroke-width="3"/>'),
    ('an arc of half a circle', '<path d="M10 50a40 40 0 0 0 80 0z" fill="brown"/>'),
    ('an arc of nearly a circle', '<path d="M50 10a40 40 0 1 1-.01 0z" fill="brown"/>'),
    ('an arc that is none', '<path d="M10 10A0 9 0 0 1 90 50A20 20 0 0 1 90 50l-60 30z" fill="brown"/>'),
    ('small arcs in a row', '<path d="M10 50a10 10 0 0 1 10-10a10 10 0 0 1 10 10a25 10-45 0 1 40 30z"/>'),
    ('numbers close together', '<path d="M1e1.5-.5.5L90-.5.5e1+9e1z" stroke="red" stroke-width=".5e+1"/>'),
    ('nonzero', '<path d="M50 5 79 95 2 39 98 39 21 95z"/>'),
    ('evenodd', '<path d="M50 5 79 95 2 39 98 39 21 95z" fill-rule="evenodd"/>'),
    ('evenodd, with a stroke', '<path d="M50 5 79 95 2 39 98 39 21 95z" style="fill-rule:evenodd;stroke:red;stroke-width:2"/>'),
    ('drawn on behind a close', '<path d="M20 20H60V60ZL40 90" fill="none" stroke="black" stroke-width="4"/>'),
]
CORNER = '<path d="M20 80L50 20L80 80" fill="none" stroke="black" stroke-width="14" %s/>'
SHAPES += [(words, CORNER % words) for words in (
    'stroke-linejoin="round"', 'stroke-linejoin="bevel"', 'stroke-linejoin="miter"', 'stroke-miterlimit="1"',
    'stroke-miterlimit="8"', 'stroke-linecap="round"', 'stroke-linecap="square"', 'stroke-dasharray="20 6"',
    'stroke-dasharray="20"', 'stroke-dasharray="3,9,20"', 'stroke-dasharray="20 6" stroke-dashoffset="13"',
    'stroke-dasharray="20 6 4" stroke-dashoffset="-13"', 'stroke-dasharray="0 0"',
    'stroke-dasharray="0 20" stroke-linecap="round"', 'stroke-opacity="0.4"', 'opacity="60%"')]
# No rectangle: of a mirrored one Cairo's PDF begins the dashes at another corner.
SQUARE = '<path d="M5 5H35V25H13z" fill="#48c" stroke="black" stroke-width="6" stroke-dasharray="7 4"/>'
SHAPES += [('transform: ' + words, '<g transform="%s">%s</g>' % (words, SQUARE)) for words in (
    'translate(20)', 'translate(20,30)', 'scale(2)', 'scale(2 .5)', 'scale(-1,1) translate(-80)', 'rotate(30)',
    'rotate(-120 40 40)', 'rotate(90,30,30)', 'rotate(765 20 20)', 'skewX(30)', 'skewY(-20) translate(10 40)',
    'matrix(1 .5 -.3 1.2 20 10)', 'translate(50 50), rotate(45) scale(1.5 .6) translate(-20 -15)',
    'scale(1e-3) scale(2000 1000)')]
SHAPES += [
    ('a transform in a transform', '<g transform="translate(40 10) skewX(20)"><g transform="scale(1 2)">%s</g></g>' % SQUARE),
    ('a circle that is stretched', '<circle r="10" cx="15" cy="15" transform="scale(5 1.5)" fill="none" stroke="red" stroke-width="4"/>'),
    ('handed down', '<g fill="none" stroke="green" stroke-width="6" stroke-linecap="round"><path d="M20 20H80"/>'
     '<g stroke="red"><path d="M20 50H80"/><path d="M20 80H80" stroke="inherit" stroke-linecap="butt"/></g></g>'),
    ('currentColor', '<g color="purple"><rect width="40" height="40" fill="currentColor"/><g color="orange">'
     '<rect x="50" width="40" height="40" fill="currentColor" stroke="black"/></g></g>'),
    ('a style wins', '<rect width="60" height="60" fill="red" style="fill: #0a0; stroke :black;;stroke-width: 4px"/>'),
    ('not seen', '<g display="none"><rect width="90" height="90"/></g><g visibility="hidden"><rect width="90" height="90" fill="red"/>'
     '<rect width="40" height="40" visibility="visible"/></g><rect y="50" width="90" height="40" opacity="0"/>'
     '<rect x="50" width="30" height="30" fill="none" stroke="none"/>'),
    ('opacities', '<rect width="60" height="60" fill="blue"/><rect x="30" y="30" width="60" height="60" fill="red" fill-opacity=".5" '
     'stroke="lime" stroke-width="12" stroke-opacity="50%"/><circle cx="20" cy="70" r="20" opacity=".25"/>'),
    ('one above another', '<circle cx="40" cy="40" r="35" fill="red"/><circle cx="60" cy="50" r="35" fill="#ff0"/>'
     '<circle cx="50" cy="70" r="25" fill="RGB( 0, 50% , 100% )"/>'.replace('50% , 100%', '128 , 255')),
    ('colours in percents', '<rect width="50" height="90" fill="rgb(10%,60%,90%)"/><rect x="50" width="50" height="90" fill="#AbC"/>'),
    ('what goes beyond the edge', '<circle cx="95" cy="95" r="60" fill="olive" stroke="black" stroke-width="9"/>'),
    ('definitions that nobody asks for', '<title>T</title><desc>D</desc><defs><linearGradient id="a"/><rect width="90" height="90"/></defs>'
     '<metadata/><rect width="30" height="30"/>'),
    ('all names of colours', ''.join('<rect x="%d" y="%d" width="8" height="8" fill="%s"/>' % (
        i % 12 * 8, i // 12 * 8, name) for i, name in enumerate(NAMES))),
]
VIEWS = ['viewBox="0 0 10240 10240"', 'viewBox="-50 -20 200 100"', 'viewBox="0 0 .5 .5"'] + [
    'viewBox="0 0 200 100" preserveAspectRatio="%s"' % words for words in (
        'none', 'xMinYMin', 'xMidYMax meet', 'xMaxYMid slice', 'xMinYMin  slice', 'xMaxYMax')] + [
    'viewBox="0 0 60 120" preserveAspectRatio="%s"' % words for words in ('xMinYMin meet', 'xMaxYMid', 'xMidYMax slice')]


def cases():
    for name, inner in SHAPES:
        yield name, ROOT % ('', inner)
    for view in VIEWS:
        box = [float(n) for n in view.split('"')[1].split()]
        unit = box[2] / 200
        yield view.strip(), ROOT % (' ' + view, '<g transform="scale(%g)"><rect x="10" y="5" width="110" height="60" fill="#357"/>'
                            '<circle cx="50" cy="60" r="40" fill="#f90" stroke="black" stroke-width="6"/></g>' % unit)


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more)


def write(name, text):
    with open(name, 'w', encoding='utf-8') as file:
        file.write(text)


def pages(folder, pdf, at):
    """The picture's dots on each page, three bytes a dot."""
    run('pdftoppm', '-r', str(DPI), '-x', str(at), '-y', str(at), '-W', str(DOTS), '-H', str(DOTS), pdf, folder + '/page')
    names = sorted(name for name in os.listdir(folder) if name.startswith('page'))
    found = []
    for name in names:
        with open(folder + '/' + name, 'rb') as file:
            found.append(file.read()[-3 * DOTS * DOTS:])
        os.remove(folder + '/' + name)
    return found


def difference(one, other):
    """By how much of 255 the square differs that differs most."""
    if one == other:
        return 0
    most = 0
    for top in range(0, DOTS, BLOCK):
        sums = [0] * (DOTS // BLOCK)
        for y in range(top, top + BLOCK):
            a, b = (rows[3 * DOTS * y:3 * DOTS * (y + 1)] for rows in (one, other))
            if a != b:
                for block in range(DOTS // BLOCK):
                    part = slice(3 * BLOCK * block, 3 * BLOCK * (block + 1))
                    sums[block] += sum(abs(x - z) for x, z in zip(a[part], b[part]))
        most = max(most, max(sums))
    return most / (3 * BLOCK * BLOCK)


def draw(folder, files):
    """The pages of both; a complaint instead, if there is one."""
    write(folder + '/s.xml', STYLE)
    images = '<page-break/>'.join('<image src="%s" alt="A drawing" width="%dpt"/>' % (name, SIDE) for name in files)
    write(folder + '/t.xml', LETTER % images)
    os.mkdir(folder + '/r')
    write(folder + '/r/a.xml', RECORD)
    made = run(PROGRAM, 'batch', '-q', '--no-sign', '-t', folder + '/t.xml', '--style', folder + '/s.xml',
               '-r', folder + '/r', '-o', folder + '/o')
    if made.returncode or made.stderr:
        return None, None, (made.stdout + made.stderr).decode()
    theirs = run('rsvg-convert', '-f', 'pdf', '-o', folder + '/theirs.pdf', *files, cwd=folder)
    if theirs.returncode:
        return None, None, theirs.stderr.decode()
    if os.environ.get('KEEP'):
        shutil.copy(folder + '/o/a.pdf', os.environ['KEEP'] + '/ours.pdf')
        shutil.copy(folder + '/theirs.pdf', os.environ['KEEP'] + '/theirs.pdf')
    return pages(folder, folder + '/o/a.pdf', EDGE * DPI // 72), pages(folder, folder + '/theirs.pdf', 0), ''


def main():
    rows = list(cases())
    folder = tempfile.mkdtemp()
    try:
        files = []
        for i, (_, text) in enumerate(rows):
            files.append('%03d.svg' % i)
            write(folder + '/' + files[-1], text)
        ours, theirs, complaint = draw(folder, files)
    finally:
        shutil.rmtree(folder)
    if complaint or len(ours) != len(rows) or len(theirs) != len(rows):
        print('Bail out! ' + (complaint or '%d and %d pages' % (len(ours), len(theirs))).replace('\n', ' '))
        sys.exit(1)
    bad = 0
    for i, (name, _) in enumerate(rows):
        by = difference(ours[i], theirs[i])
        # What this cannot tell from its neighbour it does not look at.
        told = difference(ours[i], theirs[i - 1]) > MOST
        fault = by > MOST or not told
        bad |= fault
        if fault or os.environ.get('KEEP'):
            print('# differs by %.1f' % by + ('' if told else ', and no more from what stands before it'))
        print('%sok %d - %s' % ('not ' if fault else '', i + 1, name))
    print('1..%d' % len(rows))
    sys.exit(bad)


main()
