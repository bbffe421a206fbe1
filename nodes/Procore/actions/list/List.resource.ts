export { description } from './getAll.operation';
