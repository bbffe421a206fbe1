import type { ChangedDecision } from '../../../lib/mapping/crosswalk-changes';
import { affectedKeyToken } from '../../../lib/model/keys';
import { crosswalkRequests } from '../../../lib/run/requests/make-requests';
import { NOW } from '../../audit/samples';
import { event, request } from './samples';

const changed = (kind: 'J' | 'A' | 'V', key: string, accountOnly = false): ChangedDecision => ({
	...{ kind, key, accountOnly },
	token: affectedKeyToken(kind, key),
});
const touched = (key: string, given: object, ...tokens: string[]) => ({
	...event(key, 'created', undefined, given),
	touches: tokens.join(''),
});
const JOB = changed('J', '300');
const asked = (
	events: Array<ReturnType<typeof touched>>,
	given: Partial<Parameters<typeof crosswalkRequests>[0]> = {},
) => crosswalkRequests({ changed: [JOB], events, waiting: [], company: 'TWO', now: NOW, ...given });
const keys = (...given: Parameters<typeof asked>) => asked(...given).map(({ gp_key }) => gp_key);

test('a changed row asks for the records it concerns, and for no others', () => {
	const events = [touched('1;7', {}, JOB.token), touched('1;8', {}, changed('J', '301').token)];
	expect(asked(events)).toEqual([
		{
			...{ entity: 'payable', gp_company: 'TWO', gp_key: '1;7', reason: 'crosswalk' },
			...{
				requested_at: NOW,
				requested_by: 'crosswalk of job 300',
				tries: 0,
				payload: '',
				note: '',
			},
			gp_label: 'Invoice INV-1;7 of ACME0001, voucher 7',
		},
	]);
	expect(keys([event('1;7')] as never)).toEqual([]);
});

test('once each, vendors before accounts before documents', () => {
	const events = [
		touched('1;7', {}, JOB.token),
		touched('300-5110-02', { entity: 'account' }, JOB.token),
		touched('ACME', { entity: 'vendor' }, JOB.token),
		touched('1;7', {}, JOB.token),
	];
	expect(keys(events)).toEqual(['ACME', '300-5110-02', '1;7']);
});

test('not what waits already, nor what is of another company', () => {
	const events = [touched('1;7', {}, JOB.token), touched('1;8', { company: 'THREE' }, JOB.token)];
	expect(keys(events)).toEqual(['1;7']);
	expect(keys(events, { waiting: [request('1;7')] })).toEqual([]);
	expect(keys(events, { waiting: [request('1;7', { gp_company: 'THREE' })] })).toEqual(['1;7']);
});

test('where only its name was changed, an account asks for accounts alone', () => {
	const named = changed('A', '300-5110-02', true);
	const events = [
		touched('1;7', {}, named.token),
		touched('300-5110-02', { entity: 'account' }, named.token),
	];
	expect(
		asked(events, { changed: [named] }).map(({ gp_key, requested_by }) => [gp_key, requested_by]),
	).toEqual([['300-5110-02', 'crosswalk of account 300-5110-02']]);
});
