// The member list of a team, the owner and the managers marked.
var nim = api.require('nim');
var roles = ['', ' (owner)', ' (manager)', ' (applicant)'];

nim.fetchTeamMembers({ teamId: '64430396' }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.message.forEach(function (member) {
    console.log((member.nickname || member.userId) + roles[member.type]);
  });
});
