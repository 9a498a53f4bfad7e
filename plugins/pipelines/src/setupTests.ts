import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The pages have many parts, and tests share the machine with others.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
