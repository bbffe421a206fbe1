import { typeDescribed } from '../../../lib/mapping/suggest/propose-types';
import type { GpAccount } from '../../../lib/model/gp-records';

const TYPES = [
	['L', 'Labor'],
	['E', 'Equipment'],
	['M', 'Materials'],
	['S', 'Commitment'],
	['O', 'Other'],
].map(([code, name]) => ({ code: code!, name: name! }));

test.each([
	['Cast-in-place concrete - Plant', 'E'],
	['Excavator plant hire', 'E'],
	['Batch plant - Labour', 'L'],
	['Plant and materials', 'M'],
	['Concrete', undefined],
])('%s: %s', (description, type) => {
	expect(typeDescribed([{ description } as GpAccount], TYPES)).toBe(type);
});
