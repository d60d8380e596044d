// Pictures that the author wants no larger than so many pixels are made
// smaller before they are sent.
const TYPES = { jpeg: 'image/jpeg', png: 'image/png', bmp: 'image/bmp' };

document.addEventListener('change', async ({ target: input }) => {
  const limit = Number(input.dataset?.maxImageSize);
  if (!limit || input.dataset.shrinking) return;
  input.dataset.shrinking = 'true';
  const files = await Promise.all([...input.files].map((f) => shrink(f, limit, TYPES[input.dataset.imageType]).catch(() => f)));
  const all = new DataTransfer();
  files.forEach((f) => all.items.add(f));
  input.files = all.files;
  delete input.dataset.shrinking;
});

async function shrink(file, limit, type) {
  if (!/^image\/(png|jpeg|webp|bmp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file);
  const share = Math.min(1, limit / Math.max(picture.width, picture.height));
  if (share === 1 && (!type || type === file.type)) return file;
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * share), height: Math.round(picture.height * share) });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, type ?? file.type, 0.9); });
  return blob ? new File([blob], file.name.replace(/\.\w+$/, `.${blob.type.split('/')[1].replace('jpeg', 'jpg')}`), { type: blob.type }) : file;
}
