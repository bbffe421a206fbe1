import { fixRequests } from '../../lib/reconcile/differences';
import { EXPLANATIONS, MEND, MEND_EDITED } from '../../lib/reconcile/known-causes';
import type { DifferenceCause } from '../../lib/reconcile/reconcile.types';
import { RECONCILE_FORM } from '../../lib/run/forms';
import { shippedTemplate } from '../harness/shipped-template';

const CAUSES = Object.keys(EXPLANATIONS) as DifferenceCause[];

test('a remedy asks for mending in the words of the form', () => {
	const { nodes } = shippedTemplate('reconcile');
	for (const word of [
		...Object.keys(RECONCILE_FORM.differsChoices).filter((choice) => choice.startsWith('Have')),
		...nodes.map(({ name }) => name).filter((name) => name === 'Reconcile with options'),
	])
		expect(MEND).toContain(`“${word}”`);
	const [, putBack] = Object.keys(RECONCILE_FORM.editedChoices);
	expect(MEND_EDITED).toContain(`“${putBack}”`);
	expect(nodes.some(({ name }) => name === 'Reconcile with options')).toBe(true);
});

test.each(CAUSES)('%s: the remedy offers mending only where the form mends it', (cause) => {
	const difference = { cause, key: '1;1', projectId: '9001' } as never;
	const asked = { company: 'TWO', now: '2026-06-01T00:00:00.000Z', requestedBy: 'test' };
	const mended = fixRequests([difference], { ...asked, drift: 'overwrite' }).length > 0;
	const { remedy } = EXPLANATIONS[cause];
	if (remedy.includes(MEND)) expect(mended).toBe(true);
	// What needs “Put GP's values back” is mended with that answer only.
	const kept = fixRequests([difference], { ...asked, drift: 'keep' }).length > 0;
	if (remedy.includes(MEND)) expect(remedy.includes(MEND_EDITED)).toBe(!kept);
});
