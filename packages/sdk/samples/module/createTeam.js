// Founds an advanced team and invites two colleagues.
var nim = api.require('nim');

nim.createTeam(
  {
    name: 'Summer party',
    type: 1,
    joinMode: 1,
    users: ['1002', '1003'],
    postscript: 'Let us plan it together',
    intro: 'Who brings what',
    announcement: 'First meeting on Friday',
    avatarUrl: 'https://img.example.com/party.png',
    inviteMode: 1,
    beInviteMode: 0,
  },
  function (ret, err) {
    console.log(ret ? `Team ${ret.teamId} is yours` : err.errorMessage);
  },
);
