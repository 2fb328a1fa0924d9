// The page of users whose messages make no sound.
var nim = api.require('nim');

nim.myMuteUserList(function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.users.forEach(function (user) {
    console.log(`${user.nickName} is muted`);
  });
});
