// Reads fresh names and pictures of everybody in a list.
var nim = api.require('nim');

nim.fetchUserInfos({ userIds: ['1002', '1003'] }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.message.forEach(function (user) {
    console.log(`${user.account}: ${user.nickName}, ${user.avatarUrl}`);
  });
});
