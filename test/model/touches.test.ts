import { touchToken, withTouch, writeTouches } from '../../lib/model/touches';

test('touches stand once each, in upper case, with no bar in a value', () => {
	const touches = writeTouches([
		{ kind: 'V', value: 'Acme|1' },
		{ kind: 'DOC', value: 'a:7 ' },
		{ kind: 'J', value: ' ' },
		{ kind: 'V', value: 'ACME|1' },
	]);
	expect(touches).toBe('|V:ACME/1|DOC:A:7|');
	expect(writeTouches([])).toBe('');
});

test('the project of an outcome is added, and found by its whole value only', () => {
	const touches = withTouch('|J:3001|', { kind: 'P', value: '9001' }, 100);
	expect(touches).toBe('|J:3001|P:9001|');
	expect(touches.includes(touchToken('P', '9001'))).toBe(true);
	expect(touches.includes(touchToken('J', '300'))).toBe(false);
	expect(withTouch(touches, { kind: 'P', value: '9001' }, 100)).toBe(touches);
	expect(withTouch('', { kind: 'P', value: '' }, 100)).toBe('');
});

test('what has no room is left out whole', () => {
	const touch = { kind: 'P', value: '9001' } as const;
	expect(withTouch('|J:300|', touch, 15)).toBe('|J:300|P:9001|');
	expect(withTouch('|J:300|', touch, 13)).toBe('|J:300|');
});
