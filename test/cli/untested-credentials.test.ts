import { examine } from '../../cli/doctor/doctor';
import { only, Refusal, SmallN8n } from './small-n8n';

const NOW = new Date('2026-03-02T12:00:00Z');

describe('a credential whose Test button says nothing', () => {
	const findings = async (before: (call: string) => unknown) => {
		const n8n = new SmallN8n(only('gpp-setup'));
		n8n.credentials = [{ id: 'gp-1', name: 'GP', type: 'dynamicsGpApi' }];
		await n8n.install();
		n8n.before = (call) => (call.endsWith('/test') ? before(call) : undefined);
		return (await examine(n8n.client(), n8n.shipped, NOW)).findings.filter(
			({ area }) => area === 'Credential "GP"',
		);
	};

	test('because GP does not answer is broken, and the doctor goes on', async () => {
		const hangs = () => {
			throw new DOMException('', 'TimeoutError');
		};
		expect(await findings(hangs)).toMatchObject([
			{ level: 'broken', text: expect.stringContaining('no answer in time') },
		]);
	});

	test.each([403, 400])('because n8n refuses it (%s) needs a look', async (status) => {
		expect(await findings(() => new Refusal(status, 'may not'))).toMatchObject([
			{ level: 'attention', text: expect.stringMatching(/could not be tested: .*may not/) },
		]);
	});
});
