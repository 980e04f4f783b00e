"""Pages of joint submissions: what an organisation puts together and sends as one."""
