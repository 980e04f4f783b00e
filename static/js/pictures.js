// Pictures put into the text: by the button, by pasting and by dropping. What a picture shows is asked before it is sent;
// the server makes it anew and answers with the line that shows it.

import { insertBlock } from "./writing.js";

const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const pictureAmong = (transfer) => [...(transfer?.files ?? [])].find((file) => file.type.startsWith("image/"));

/** Send a form and tell how far it is; resolves to { status, answer }. */
function sent(address, body, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, answer: request.response, address: request.responseURL });
    request.onerror = () => reject(new Error("network"));
    request.send(body);
  });
}

export function attachPictures(form, area, dialog) {
  const inner = dialog.querySelector("form");
  const { picture, alt, is_decorative: decorative, caption } = inner.elements;
  const progress = dialog.querySelector("progress");
  const status = dialog.querySelector("[data-told]");
  const preview = dialog.querySelector("[data-thumbnail]");
  const send = dialog.querySelector("[data-send]");
  let range = [0, 0];
  let isSending = false;

  const errorOf = (name) => dialog.querySelector(`[data-error="${name}"]`);
  const clear = () => {
    for (const place of dialog.querySelectorAll("[data-error]")) place.textContent = "";
    for (const field of [picture, alt, caption]) field.removeAttribute("aria-invalid");
    status.textContent = "";
  };
  const refuse = (errors) => {
    clear();
    let first = null;
    for (const [name, words] of Object.entries(errors)) {
      const place = errorOf(name) ?? status;
      place.textContent = words.join(" ");
      const field = inner.elements[name];
      if (!field || place === status) continue;
      field.setAttribute("aria-invalid", "true");
      first ??= field;
    }
    (first ?? send).focus();
  };
  const show = () => {
    URL.revokeObjectURL(preview.src);
    const [file] = picture.files;
    preview.hidden = !file || !KINDS.includes(file.type);
    if (preview.hidden) preview.removeAttribute("src");
    else {
      const reader = new FileReader(); // the policy of our pages lets data: in and blob: not
      reader.onload = () => (preview.src = reader.result);
      reader.readAsDataURL(file);
    }
  };
  const settle = () => {
    alt.disabled = decorative.checked;
  };
  const open = (file) => {
    range = [area.selectionStart, area.selectionEnd];
    inner.reset();
    clear();
    settle();
    if (file) {
      const held = new DataTransfer();
      held.items.add(file);
      picture.files = held.files;
    }
    show();
    progress.hidden = true;
    dialog.showModal();
    (file ? alt : picture).focus();
  };

  const words = dialog.dataset;
  inner.addEventListener("submit", async (event) => {
    if (event.submitter !== send) return; // "Cancel" closes the dialog
    event.preventDefault();
    if (isSending) return;
    clear();
    const body = new FormData();
    if (picture.files[0]) body.append("picture", picture.files[0]);
    body.append("alt", decorative.checked ? "" : alt.value);
    if (decorative.checked) body.append("is_decorative", "y");
    body.append("caption", caption.value);
    body.append("csrf_token", form.elements.csrf_token.value);
    isSending = true;
    send.setAttribute("aria-disabled", "true");
    progress.hidden = false;
    progress.value = 0;
    status.textContent = words.sendingWords;
    try {
      const { status: code, answer } = await sent(words.address, body, (part) => {
        progress.value = part;
      });
      if (code === 200 && answer?.markdown) {
        dialog.close();
        area.setSelectionRange(range[1], range[1]);
        insertBlock(area, answer.markdown, answer.markdown.length, answer.markdown.length);
        form.querySelector("[data-status]").textContent = words.doneWords;
        return;
      }
      if (answer?.token) form.elements.csrf_token.value = answer.token;
      if (answer?.errors) refuse(answer.errors);
      else status.textContent = code === 413 ? words.largeWords : words.failedWords;
    } catch {
      status.textContent = words.failedWords;
    } finally {
      isSending = false;
      send.removeAttribute("aria-disabled");
      progress.hidden = true;
    }
  });
  picture.addEventListener("change", show);
  decorative.addEventListener("change", settle);
  dialog.addEventListener("close", () => area.focus());

  // a picture that comes with words (from a word processor, a spreadsheet) is a picture of these words: the words are taken
  area.addEventListener("paste", (event) => {
    const file = pictureAmong(event.clipboardData);
    if (!file || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open(file);
  }, { capture: true });
  const target = area.closest(".field");
  const carries = (event) => [...(event.dataTransfer?.items ?? [])].some((item) => item.kind === "file");
  target.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    target.classList.add("takes-drop");
  });
  target.addEventListener("dragleave", () => target.classList.remove("takes-drop"));
  target.addEventListener("drop", (event) => {
    target.classList.remove("takes-drop");
    if (!carries(event)) return;
    event.preventDefault(); // else the browser would leave the page for the file
    const file = pictureAmong(event.dataTransfer);
    if (file) open(file);
    else form.querySelector("[data-status]").textContent = words.noPictureWords;
  });
  return () => open(null);
}
