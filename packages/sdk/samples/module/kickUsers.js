// A button beside a member: puts him out of the team.
var nim = api.require('nim');

function putOut(userId) {
  nim.kickUsers({ teamId: '64430396', users: [userId] }, function (ret, err) {
    console.log(ret ? `${userId} is out` : err.errorMessage);
  });
}

putOut('1003');
