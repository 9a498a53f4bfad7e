import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The pages are large, and tests share the machine.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
