import type { INodePropertyOptions } from 'n8n-workflow';

import type { Resource } from '../../shared/operations';
import { alert } from './alert.resource';
import { audit } from './audit.resource';
import { connection } from './connection.resource';
import { crosswalk } from './crosswalk.resource';
import { form } from './form.resource';
import { report } from './report.resource';
import { request } from './request.resource';
import { rowSource } from './row-source.resource';
import { run } from './run.resource';

/** Steps of the shipped workflows, by the value of *Resource*. */
export const ENGINE: Record<string, Resource> = {
	alert,
	audit,
	connection,
	crosswalk,
	form,
	report,
	request,
	rowSource,
	run,
};

export const ENGINE_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'Alert',
		value: 'alert',
		description: 'What is wrong now: reported once, cleared when it is over',
	},
	{ name: 'Audit', value: 'audit', description: 'The audit trail: cleaned up' },
	{
		name: 'Connection',
		value: 'connection',
		description: 'Whether GP and Procore let these workflows in, and which field is wrong',
	},
	{
		name: 'Crosswalk',
		value: 'crosswalk',
		description: 'Rows that people changed, and the records they concern',
	},
	{
		name: 'Form',
		value: 'form',
		description: 'Answers of the forms of these workflows, read into values',
	},
	{
		name: 'Report',
		value: 'report',
		description: 'A page to look at: runs, records, what waits, and replay buttons',
	},
	{
		name: 'Request',
		value: 'request',
		description: 'Records to be read again: replays',
	},
	{
		name: 'Row Source',
		value: 'rowSource',
		description: 'Rows of GP for the Dynamics GP node, from a database or anything else',
	},
	{
		name: 'Run',
		value: 'run',
		description: 'A run of the sync: opened, recorded batch by batch, closed',
	},
];
