// A button beside each password that shows what was typed. Without it one types blind, as everywhere.

for (const field of document.querySelectorAll("input[type=password][data-show]")) {
  const frame = document.createElement("span");
  frame.className = "reveal";
  field.replaceWith(frame);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "linkish";
  button.setAttribute("aria-controls", field.id);
  frame.append(field, button);

  const tell = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.textContent = isShown ? field.dataset.hide : field.dataset.show;
  };
  tell(false);
  button.addEventListener("click", () => tell(field.type === "password"));
  // what is sent, and what the browser offers to keep, is a password again
  field.form?.addEventListener("submit", () => tell(false));
}
