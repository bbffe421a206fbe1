import { withMeasured } from '../../bench/publish';

const figure = (name: string) => ({ name, value: 1, unit: 'x' });

test('a part measured anew takes the place of what it was, and the others stay with their date', () => {
	const before = withMeasured({}, { sync: [figure('old')], ntlm: [figure('login')] }, 'Monday');
	const after = withMeasured(before, { sync: [figure('new')] }, 'Tuesday');
	expect(after).toEqual({
		ntlm: { measured: 'Monday', figures: [figure('login')] },
		sync: { measured: 'Tuesday', figures: [figure('new')] },
	});
	expect(Object.keys(after)).toEqual(['ntlm', 'sync']);
});
