import path from 'node:path';
import { Linter } from 'eslint';

const rule = require('../../scripts/eslint/import-boundaries.js');
const root = path.resolve(__dirname, '../..');

function complaints(file: string, code: string): string[] {
	const linter = new Linter({ cwd: root });
	return linter
		.verify(
			code,
			{
				plugins: { house: { rules: { boundaries: rule } } },
				rules: { 'house/boundaries': 'error' },
			} as never,
			{
				filename: path.join(root, file),
			},
		)
		.map((message) => message.message);
}

describe('import boundaries', () => {
	test.each([
		['lib/gp/client.js', "import { plan } from '../sync/plan';"],
		['lib/sync/plan.js', "export { map } from '../mapping/map';"],
		['lib/mapping/map.js', "import { read } from '../gp/read';"],
		['lib/model/money.js', "import { read } from '../gp/read';"],
		['lib/ntlm/agent.js', "const gp = require('../gp/client');"],
		['lib/audit/events.js', "import('../ntlm/agent');"],
		['lib/gp/client.js', "import { NodeApiError } from 'n8n-workflow';"],
		['lib/gp/client.js', "import https from 'node:https';"],
		['lib/procore/client.js', "import fs from 'node:fs';"],
		['nodes/Procore/Procore.node.js', "import { start } from '../../sandbox/procore/server';"],
		['nodes/Procore/Procore.node.js', "import http from 'node:http';"],
		['credentials/A.credentials.js', "import { GpClient } from '../lib/gp/client';"],
	])('%s may not say: %s', (file, code) => {
		expect(complaints(file, code)).toHaveLength(1);
	});

	test.each([
		['lib/gp/client.js', "import { NtlmAgent } from '../ntlm/agent';"],
		['lib/ntlm/agent.js', "import https from 'node:https';"],
		['lib/gp/dialects/odata.js', "import { read } from '../read'; import x from './mapping';"],
		['lib/mapping/map.js', "import { add } from '../model/money';"],
		['nodes/Procore/Procore.node.js', "import { plan } from '../../lib/sync/plan';"],
		['sandbox/gp/server.js', "import fs from 'node:fs'; import { x } from '../../lib/gp/records';"],
	])('%s may say: %s', (file, code) => {
		expect(complaints(file, code)).toEqual([]);
	});

	it('tells the run to import what the mapping decided as types', () => {
		expect(complaints('lib/run/step.js', "import { map } from '../mapping/map';")[0]).toMatch(
			/import type/,
		);
	});
});
