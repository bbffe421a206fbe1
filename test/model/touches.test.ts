import { affectedKeyToken, withAffectedKey, writeAffectedKeys } from '../../lib/model/keys';

test('touches stand once each, in upper case, with no bar in a value', () => {
	const touches = writeAffectedKeys([
		{ kind: 'V', value: 'Acme|1' },
		{ kind: 'DOC', value: 'a:7 ' },
		{ kind: 'J', value: ' ' },
		{ kind: 'V', value: 'ACME|1' },
	]);
	expect(touches).toBe('|V:ACME/1|DOC:A:7|');
	expect(writeAffectedKeys([])).toBe('');
});

test('the project of an outcome is added, and found by its whole value only', () => {
	const touches = withAffectedKey('|J:3001|', { kind: 'P', value: '9001' }, 100);
	expect(touches).toBe('|J:3001|P:9001|');
	expect(touches.includes(affectedKeyToken('P', '9001'))).toBe(true);
	expect(touches.includes(affectedKeyToken('J', '300'))).toBe(false);
	expect(withAffectedKey(touches, { kind: 'P', value: '9001' }, 100)).toBe(touches);
	expect(withAffectedKey('', { kind: 'P', value: '' }, 100)).toBe('');
});

test('what has no room is left out whole', () => {
	const touch = { kind: 'P', value: '9001' } as const;
	expect(withAffectedKey('|J:300|', touch, 15)).toBe('|J:300|P:9001|');
	expect(withAffectedKey('|J:300|', touch, 13)).toBe('|J:300|');
});
