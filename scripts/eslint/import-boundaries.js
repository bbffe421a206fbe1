const path = require('node:path');

/**
 * Who may import whom. A room is a folder; `rooms` are other rooms whose values it may import,
 * `types` rooms of which it may import types only, `modules` the packages it may use.
 * The arrows run one way, see docs/architecture.md; a room that is not listed is not checked.
 */
const PURE = ['luxon', 'lodash', 'zod', 'p-limit', 'node:crypto'];
const ROOMS = {
	// The deepest floor: what the streams are called.
	'lib/streams': { rooms: [], modules: [] },
	// Every Data Table once: columns, and the row types that follow from them.
	'lib/tables': { rooms: ['lib/streams'], modules: [] },
	'lib/model': {
		rooms: ['lib/streams'],
		// What there is very much of waits packed.
		modules: [...PURE, 'big.js', 'node:util', 'node:zlib'],
	},
	'lib/http': { rooms: ['lib/model'], modules: [] },
	'lib/ntlm': {
		rooms: ['lib/model', 'lib/http'],
		modules: [...PURE, 'node:http', 'node:https', 'node:net', 'node:tls'],
	},
	'lib/gp': {
		rooms: ['lib/model', 'lib/streams', 'lib/http', 'lib/ntlm'],
		modules: PURE,
	},
	'lib/procore': { rooms: ['lib/model', 'lib/http'], modules: PURE },
	'lib/sync': { rooms: ['lib/model', 'lib/procore'], modules: PURE },
	'lib/mapping': { rooms: ['lib/model', 'lib/streams', 'lib/tables'], modules: [...PURE, 're2js'] },
	'lib/audit': { rooms: ['lib/model', 'lib/streams', 'lib/tables'], modules: PURE },
	'lib/run': {
		rooms: ['lib/model', 'lib/streams', 'lib/tables', 'lib/audit'],
		types: ['lib/mapping'],
		modules: PURE,
	},
	'lib/reconcile': {
		rooms: ['lib/model', 'lib/streams', 'lib/tables', 'lib/audit'],
		types: ['lib/sync', 'lib/run'],
		modules: PURE,
	},
	'lib/alerts': {
		rooms: ['lib/model', 'lib/streams', 'lib/tables', 'lib/audit', 'lib/run'],
		modules: PURE,
	},
	'lib/report': {
		rooms: ['lib/model', 'lib/streams', 'lib/tables', 'lib/audit', 'lib/run'],
		types: ['lib/alerts', 'lib/reconcile'],
		modules: PURE,
	},
	nodes: {
		rooms: [
			'lib/model',
			'lib/streams',
			'lib/tables',
			'lib/http',
			'lib/ntlm',
			'lib/gp',
			'lib/procore',
			'lib/sync',
			'lib/mapping',
			'lib/audit',
			'lib/run',
			'lib/reconcile',
			'lib/alerts',
			'lib/report',
		],
		modules: ['n8n-workflow', ...PURE],
	},
	// Speaks to n8n from outside; of the templates it knows the tables.
	cli: {
		rooms: ['lib/model', 'lib/streams', 'lib/tables', 'lib/http'],
		modules: [...PURE, 'node:fs', 'node:path', 'node:util', 'node:tty'],
	},
	credentials: {
		rooms: ['lib/model', 'lib/streams'],
		types: ['lib/gp', 'lib/procore'],
		modules: ['n8n-workflow', ...PURE],
	},
};

const roomNames = Object.keys(ROOMS).sort((left, right) => right.length - left.length);

function roomOf(file, root) {
	const place = path.relative(root, file).split(path.sep).join('/');
	return roomNames.find((room) => place.startsWith(`${room}/`)) ?? place.split('/')[0];
}

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
	meta: {
		type: 'problem',
		messages: {
			room: '{{from}} may not import {{to}}: the arrows between the rooms run one way (scripts/eslint/import-boundaries.js).',
			typesOnly: '{{from}} may import only types of {{to}}: write "import type".',
			module: '{{from}} may not import the module {{to}}.',
		},
		schema: [],
	},
	create(context) {
		const from = roomOf(context.filename, context.cwd);
		const allowed = ROOMS[from];
		if (!allowed) return {};

		const check = (node, source, typeOnly) => {
			if (typeof source !== 'string') return;
			if (!source.startsWith('.')) {
				if (!allowed.modules.includes(source.startsWith('lodash/') ? 'lodash' : source)) {
					context.report({ node, messageId: 'module', data: { from, to: source } });
				}
				return;
			}
			const to = roomOf(path.resolve(path.dirname(context.filename), source), context.cwd);
			if (to === from || allowed.rooms.includes(to)) return;
			const typesAllowed = allowed.types?.includes(to);
			if (typesAllowed && typeOnly) return;
			context.report({ node, messageId: typesAllowed ? 'typesOnly' : 'room', data: { from, to } });
		};
		const isTypeOnly = (node) =>
			node.importKind === 'type' ||
			node.exportKind === 'type' ||
			(node.specifiers?.length > 0 && node.specifiers.every((part) => part.importKind === 'type'));

		return {
			ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
			ExportNamedDeclaration: (node) =>
				node.source && check(node, node.source.value, isTypeOnly(node)),
			ExportAllDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
			ImportExpression: (node) => check(node, node.source.value, false),
			TSImportType: (node) => check(node, node.argument?.literal?.value, true),
			'CallExpression[callee.name="require"]': (node) =>
				check(node, node.arguments[0]?.value, false),
		};
	},
};

/** For the picture of the rooms (scripts/house-picture.mjs). */
module.exports.ROOMS = ROOMS;
