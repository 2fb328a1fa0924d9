// The card of one member of a team.
var nim = api.require('nim');

nim.queryTeamMemberByUserId({ teamId: '64430396', userId: '1002' }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  var member = ret.message;
  console.log(member.nickname + (member.type === 2 ? ', manager' : ''));
});
