import { writeSql } from '../../../lib/gp/doors/rows/ask-rows';
import type { RowRequest } from '../../../lib/gp/doors/rows/row-sets';
import { isBlank, toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';

const writeSqlStep: Operation = {
	option: {
		name: 'Write SQL',
		value: 'writeSql',
		action: 'Turn a request for rows into SQL',
		description:
			'Turn what the Dynamics GP node asks for into one parameterised statement over the shipped views',
	},
	/** A request of the Dynamics GP node comes in; `query` and `parameters` for an SQL node go out. */
	async execute() {
		return [
			this.getInputData().map(({ json }, item) => {
				const request = json as unknown as RowRequest;
				return toItem({ request: request.request, ...writeSql(request) }, item);
			}),
		];
	},
};

const answer: Operation = {
	option: {
		name: 'Answer',
		value: 'answer',
		action: 'Answer a request with its rows',
		description: 'Give all rows as one item, with the request they belong to',
	},
	fields: [
		{
			displayName: 'Request',
			name: 'request',
			type: 'string',
			default: '',
			placeholder: "={{ $('Write SQL').first().json.request }}",
			description: 'What came as "request": the reader knows the answer by it',
		},
	],
	/** Rows come in, one per item, an empty item for none; one item goes out. */
	async execute() {
		const rows = this.getInputData()
			.map(({ json }) => json)
			.filter((json) => !isBlank(json));
		return [[toItem({ request: String(this.getNodeParameter('request', 0, '')), rows }, 0)]];
	},
};

export const rowSource = resource('rowSource', 'writeSql', [writeSqlStep, answer]);
