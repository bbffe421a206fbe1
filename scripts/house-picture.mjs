/**
 * Draws docs/images/house.svg: the rooms with their files, who may import whom as the lint rule has it,
 * and the way of an invoice. `node scripts/house-picture.mjs`, or with all pictures by `npm run screenshots`.
 * `--print` shows it instead.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { ROOMS } = createRequire(import.meta.url)('./eslint/import-boundaries.js');

const WIDTH = 1180;
/** Left, top, width of each room, and what it holds in a few words. */
const PLACES = {
	credentials: [40, 76, 150, 'GP, Procore'],
	nodes: [210, 76, 720, 'the n8n face: parameters, items, errors. No business rule'],
	cli: [970, 76, 170, 'installer and doctor'],
	'lib/gp': [40, 230, 150, 'doors, reading, records'],
	'lib/sync': [225, 230, 150, 'plan, apply, verify'],
	'lib/mapping': [410, 230, 150, 'rules, money, proposals'],
	'lib/alerts': [595, 180, 150, 'one message'],
	'lib/report': [780, 180, 150, 'the page, workbooks'],
	'lib/run': [595, 270, 150, 'lease, batch, outcomes'],
	'lib/reconcile': [780, 270, 150, 'the books compared'],
	'lib/ntlm': [40, 360, 150, 'Windows login'],
	'lib/procore': [225, 360, 150, 'client, limiter, resources'],
	'lib/audit': [595, 360, 150, 'events, chain, exports'],
	'lib/http': [40, 450, 335, 'origin, deadline, size, Retry-After'],
	'lib/tables': [410, 450, 730, 'every Data Table once'],
	'lib/model': [
		40,
		540,
		1100,
		'the words both sides share: records, origin ids, outcomes, money, errors, the one redactor',
	],
	'lib/streams': [40, 624, 1100, 'vendors, GL accounts, payables: what each is called and becomes'],
};
const HEIGHT_OF_ROOM = 52;

/** Steps of one invoice: on the canvas, in which room, and what happens there. */
const WAY = [
	['GP payables', 'lib/ntlm', 'Windows login,', 'one connection'],
	['GP payables', 'lib/gp', 'what changed, what', 'is owed; one record'],
	['Map payables', 'lib/mapping', 'job, code and type', 'of each line'],
	['Sync direct costs', 'lib/sync', 'by origin id: read,', 'plan, apply'],
	['Sync direct costs', 'lib/procore', 'within its limits,', 'answers checked'],
	['Record outcomes', 'lib/run', 'what became of it,', 'then the watermark'],
	['Record outcomes', 'lib/audit', 'one event each,', 'chained in order'],
];

const INK = '#1f2933';
const FAINT = '#52606d';
const COLOURS = {
	nodes: '#fde8d7',
	credentials: '#fde8d7',
	cli: '#fde8d7',
	gp: '#dbeafe',
	ntlm: '#dbeafe',
	procore: '#dcfce7',
	sync: '#dcfce7',
	mapping: '#ede9fe',
	ground: '#f1f5f9',
	other: '#fef9c3',
};

const short = (room) => room.replace('lib/', '');
const colourOf = (room) =>
	COLOURS[short(room)] ??
	(['model', 'streams', 'tables', 'http'].includes(short(room)) ? COLOURS.ground : COLOURS.other);

function filesIn(folder) {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).reduce(
		(sum, entry) =>
			sum +
			(entry.isDirectory()
				? filesIn(path.join(folder, entry.name))
				: Number(entry.name.endsWith('.ts'))),
		0,
	);
}

const counted = (files) => `${files} ${files === 1 ? 'file' : 'files'}`;

/** Rooms a room may import, without those it reaches through another one anyway. */
function arrowsOf(room) {
	const reaches = (from) =>
		new Set((ROOMS[from]?.rooms ?? []).flatMap((to) => [to, ...reaches(to)]));
	const direct = ROOMS[room].rooms;
	return direct.filter((to) => !direct.some((other) => other !== to && reaches(other).has(to)));
}

/** Where a line from one room to another begins and ends: straight down where one stands over the other. */
function line(from, to) {
	const [x1, y1, w1] = PLACES[from];
	const [x2, y2, w2] = PLACES[to];
	const [left, right] = [Math.max(x1, x2) + 14, Math.min(x1 + w1, x2 + w2) - 14];
	const top = y1 + HEIGHT_OF_ROOM;
	if (right > left) {
		// A narrow room over a wide one: from its middle.
		const x = Math.min(Math.max(w1 < w2 ? x1 + w1 / 2 : x2 + w2 / 2, left), right);
		return `M${x} ${top}V${y2 - 7}`;
	}
	const [start, end] = [x1 + w1 / 2, x2 + w2 / 2];
	return `M${start} ${top}C${start} ${top + 26} ${end} ${y2 - 34} ${end} ${y2 - 7}`;
}

/** Lines that would cross rooms go around them. */
const AROUND = {
	'nodes→lib/gp': 'M226 128V166H115V223',
	'nodes→lib/reconcile': 'M916 128V156H952V296H937',
	'cli→lib/http': 'M1125 128V432H250V443',
	'credentials→lib/model': 'M40 102H22V566H33',
	'lib/mapping→lib/model': 'M428 282V400H386V533',
	'lib/audit→lib/model': 'M612 412V420H398V533',
	'lib/tables→lib/streams': 'M1140 476H1159V650H1147',
	'lib/reconcile→lib/audit': 'M855 322V386H752',
	'lib/report→lib/run': 'M800 232V250H700V263',
};

const text = (x, y, content, more = '') =>
	`<text x="${x}" y="${y}" ${more}>${content.replace(/&/g, '&amp;')}</text>`;

function draw() {
	const rooms = Object.keys(ROOMS);
	const missing = rooms.filter((room) => !PLACES[room]);
	if (missing.length > 0) throw new Error(`No place in the picture: ${missing.join(', ')}`);
	const arrows = rooms.flatMap((room) =>
		arrowsOf(room).map((to) => {
			const d = AROUND[`${room}→${to}`] ?? line(room, to);
			return `<path data-arrow="${room}→${to}" d="${d}"/>`;
		}),
	);
	const boxes = rooms.map((room) => {
		const [x, y, width, holds] = PLACES[room];
		const middle = x + width / 2;
		return `<g data-room="${room}"><rect x="${x}" y="${y}" width="${width}" height="${HEIGHT_OF_ROOM}" rx="6" fill="${colourOf(room)}" stroke="#94a3b8"/>${text(middle, y + 22, `${short(room)} <tspan class="files">${counted(filesIn(room))}</tspan>`, 'class="name"')}${text(middle, y + 40, holds, 'class="holds"')}</g>`;
	});
	const step = (WIDTH - 80) / WAY.length;
	const way = WAY.map(([canvas, room, first, second], index) => {
		const x = 40 + index * step;
		const middle = x + (step - 16) / 2;
		const before = WAY[index - 1]?.[0] === canvas;
		const arrow = index === 0 ? '' : `<path class="way" d="M${x - 15} 802H${x - 3}"/>`;
		return `${before ? '' : text(x, 762, canvas, 'class="canvas"')}${arrow}<rect x="${x}" y="772" width="${step - 16}" height="66" rx="6" fill="${colourOf(room)}" stroke="#94a3b8"/>${text(middle, 792, `${index + 1}. ${short(room)}`, 'class="name"')}${text(middle, 811, first, 'class="holds"')}${text(middle, 826, second, 'class="holds"')}`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 872" role="img" aria-label="The rooms of the house, who may import whom, and the way of an invoice through them">
<style>text{font-family:system-ui,Segoe UI,Helvetica,Arial,sans-serif;fill:${INK}}.title{font-size:18px;font-weight:600}.name{font-size:14px;font-weight:600;text-anchor:middle}.holds{font-size:11.5px;fill:${FAINT};text-anchor:middle}.files{font-size:11.5px;font-weight:400;fill:${FAINT}}.canvas{font-size:12.5px;font-style:italic;fill:${FAINT}}path{fill:none;stroke:#64748b;stroke-width:1.3;marker-end:url(#tip)}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#64748b;stroke:none;marker-end:none"/></marker></defs>
<rect width="${WIDTH}" height="872" rx="10" fill="#ffffff"/>
${text(40, 40, 'Rooms: an arrow leads to what a room may import; what it reaches through others is not drawn', 'class="title"')}
${arrows.join('\n')}
${boxes.join('\n')}
${text(40, 730, 'The way of an invoice: the step on the canvas, and the rooms it passes', 'class="title"')}
${way.join('\n')}
${text(40, 862, 'Once a week the reconciliation reads both books again and puts every difference to its document.', 'class="canvas"')}
</svg>
`;
}

if (process.argv.includes('--print')) process.stdout.write(draw());
else writeFileSync(path.join(root, 'docs', 'images', 'house.svg'), draw());
