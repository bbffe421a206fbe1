import { resource } from '../../../shared/operations';
import * as exportRows from './export.operation';
import * as verifyChain from './verifyChain.operation';

export const audit = resource('audit', 'export', [exportRows, verifyChain]);
