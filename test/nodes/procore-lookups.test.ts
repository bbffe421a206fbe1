import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { runNode } from './support/engine';
import { procoreCredential } from './support/stand-ins';

let procore: ProcoreStandIn;
beforeEach(async () => {
	procore = await startProcoreServer();
});
afterEach(async () => await procore.close());

const getMany = async (resource: string, parameters = {}) =>
	await runNode({
		node: 'procore',
		parameters: { resource, operation: 'getAll', returnAll: true, ...parameters },
		credentials: { procoreOAuth2Api: procoreCredential(procore) },
	});

test.each([
	['taxCode', '/rest/v1.0/tax_codes'],
	['unitOfMeasure', '/uoms'],
])('Get Many of %s asks Procore at %s', async (resource, path) => {
	const { error } = await getMany(resource);
	expect(error).toBeUndefined();
	expect(procore.log().filter((call) => call.path.includes(path))).toHaveLength(1);
});

test.each([
	['billingPeriod', '/billing_periods'],
	['requisition', '/rest/v1.1/requisitions'],
	['wbsCode', '/work_breakdown_structure/wbs_codes'],
])('Get Many of %s asks for the project it is told, at %s', async (resource, path) => {
	const [project] = (await getMany('project')).json();
	const { error } = await getMany(resource, {
		project: { __rl: true, mode: 'id', value: String(project.id) },
	});
	expect(error).toBeUndefined();
	expect(procore.log().filter((call) => call.path.includes(path))).toHaveLength(1);
	await expect(getMany(resource)).rejects.toThrow(/issues/);
});
