// Pins a notice for all members of a team.
var nim = api.require('nim');
var notice = 'The office is closed on Friday';

nim.updateTeamAnnouncement({ teamId: '64430396', announcement: notice }, function (ret, err) {
  if (ret) console.log('Everybody can read it now');
  else console.error(err.errorCode === 802 ? 'Only managers may do this' : err.errorMessage);
});
