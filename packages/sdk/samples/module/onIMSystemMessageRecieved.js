// Shows requests and answers about teams and friends as they come in.
var nim = api.require('nim');
var kinds = {
  0: 'wants to join team',
  1: 'refused your application to team',
  2: 'invites you to team',
  3: 'declined your invitation to team',
  5: 'sends you a friend request,',
};

nim.onIMSystemMessageRecieved(function (notice) {
  console.log(`${notice.sourceID} ${kinds[notice.type]} ${notice.targetID}`);
});
