// The page of users whose messages make no sound.
var nim = api.require("nim");

nim.myMuteUserList((ret, err) => {
  if (err) return console.error(err.errorMessage);
  ret.users.forEach((user) => {
    console.log(user.nickName + " is muted");
  });
});
