// assay as a page uses it: in a worker of its own.
import { createValidator } from '/index.js';

export async function open({ anchors, now }) {
  const lists = [{ name: 'bench', role: 'signer', pem: anchors }];
  const validator = await createValidator({ trust: { useDefault: false, lists } });
  return {
    validate: async (blob) => {
      const { state, statuses } = await validator.validate(blob, { now });
      return { state, codes: statuses.map(({ code }) => code) };
    },
  };
}
