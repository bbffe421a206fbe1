/**
 * Which tests are too slow for a change of mind: `npm run test:engine` runs whole templates in n8n's
 * engine and each node with n8n around it, `npm run test:property` many random or enumerated cases and
 * whole companies. `npm run test:unit` has all others, `npm test` every one. A name ending in `/` is a folder.
 */
module.exports = {
	engine: ['test/harness/', 'test/nodes/'],
	property: [
		'test/books/',
		'test/chaos/',
		'test/hostile/',
		'test/property/',
		'test/gp/changes.test.ts',
		'test/gp/conformance.test.ts',
		'test/gp/discovery.test.ts',
		'test/gp/doors/conformance.test.ts',
		'test/gp/doors/receipts.test.ts',
		'test/gp/doors/rows-sql.test.ts',
		'test/gp/doors/soap.test.ts',
		'test/gp/life-of-a-document.test.ts',
		'test/gp/list-shapes.test.ts',
		'test/gp/model.test.ts',
		'test/gp/page-through.test.ts',
		'test/gp/survey.test.ts',
		'test/mapping/allocate.test.ts',
		'test/mapping/books-agree.test.ts',
		'test/mapping/many-records.test.ts',
		'test/mapping/rule-index.test.ts',
		'test/mapping/sandbox-company.test.ts',
		'test/ntlm/state-machine.property.test.ts',
		'test/procore/stand-in.test.ts',
		'test/reconcile/reconcile.test.ts',
		'test/sync/payables/commitments.test.ts',
		'test/sync/engine/properties.test.ts',
		'test/types/',
	],
};
