BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'inbox-agent','0001_house','2026-11-30 00:29:46.141795+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'inbox-agent','0002_duties','2026-11-30 00:29:46.142453+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'inbox-agent','0003_identity','2026-11-30 00:29:46.142802+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'inbox-agent','0004_withheld','2026-11-30 00:29:46.147838+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'inbox-agent','0005_telling_letters','2026-11-30 00:29:46.148026+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'inbox-agent','0006_on_file','2026-11-30 00:29:46.148575+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'inbox-agent','0007_canaries','2026-11-30 00:29:46.148703+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'inbox-agent','0008_offers','2026-11-30 00:29:46.148872+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'inbox-agent','0009_on_paper','2026-11-30 00:29:46.149689+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'inbox-agent','0010_hands','2026-11-30 00:29:46.150101+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'inbox-agent','0011_corrections','2026-11-30 00:29:46.150248+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'inbox-agent','0012_years','2026-11-30 00:29:46.150337+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'inbox-agent','0013_words','2026-11-30 00:29:46.150465+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'inbox-agent','0014_words_of_cases','2026-11-30 00:29:46.150538+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'inbox-agent','0015_authority','2026-11-30 00:29:46.150780+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'inbox-agent','0016_narrowed_lists','2026-11-30 00:29:46.150973+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'inbox-agent','0017_masked_codes','2026-11-30 00:29:46.151544+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'inbox-agent','0018_reread','2026-11-30 00:29:46.154626+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'inbox-agent','0019_joined','2026-11-30 00:29:46.155168+00:00');
INSERT INTO "_sqlite_migrations" VALUES(20,'inbox-agent','0020_mails_read_for_codes','2026-11-30 00:29:46.155940+00:00');
INSERT INTO "_sqlite_migrations" VALUES(21,'inbox-agent','0021_joined_cases','2026-11-30 00:29:46.156085+00:00');
INSERT INTO "_sqlite_migrations" VALUES(22,'inbox-agent','0022_attempts','2026-11-30 00:29:46.156292+00:00');
INSERT INTO "_sqlite_migrations" VALUES(23,'inbox-agent','0023_tallies','2026-11-30 00:29:46.156659+00:00');
INSERT INTO "_sqlite_migrations" VALUES(24,'inbox-agent','0024_codes_tried','2026-11-30 00:29:46.158775+00:00');
INSERT INTO "_sqlite_migrations" VALUES(25,'inbox-agent','0025_due_by_index','2026-11-30 00:29:46.158976+00:00');
CREATE TABLE absences (
    id integer primary key,
    first_on text not null,
    last_on text not null check (last_on >= first_on)
) strict;
CREATE TABLE "attempts" (
    message_id integer not null references messages (id),
    attempt text not null check (attempt in ('read', 'cut', 'mask')),
    version text not null,
    primary key (message_id, attempt)
) strict, without rowid;
CREATE TABLE canaries (
    id integer primary key,
    token text not null unique,
    claimed_at text not null,
    sent_at text,
    arrived_at text,
    folder text,
    check ((arrived_at is null) = (folder is null))
) strict;
CREATE TABLE case_tally (
    status text not null,
    promise_on text not null,
    cases integer not null check (cases >= 0),
    primary key (status, promise_on)
) strict, without rowid;
INSERT INTO "case_tally" VALUES('open','',0);
INSERT INTO "case_tally" VALUES('open','2026-12-23',2);
CREATE TABLE cases (
    id integer primary key,
    year integer not null,
    serial integer not null check (serial > 0),
    number text generated always as (printf('%d-%04d', year, serial)) stored unique,
    status text not null check (status in ('candidate', 'open', 'waiting', 'closed', 'dismissed', 'purged')),
    subject_name text,
    subject_address text,
    subject_key text,
    sought text,
    flags text,
    language text not null,
    received_at text not null,
    received_on text not null,
    identity_level text not null check (identity_level in ('L0', 'L1', 'L2', 'L3', 'L4')),
    identity_required text not null check (identity_required in ('L0', 'L1', 'L2', 'L3', 'L4')),
    promise_on text,
    opened_at text not null,
    closed_at text, channel text not null default 'mail' check (channel in ('mail', 'letter', 'call', 'visit')), postal text, assigned text, joined_to integer references cases (id),
    unique (year, serial),
    check ((status in ('closed', 'dismissed', 'purged')) = (closed_at is not null)),
    check (status <> 'purged' or coalesce(subject_name, subject_address, subject_key, sought, flags) is null)
) strict;
INSERT INTO "cases" VALUES(1,2026,1,'open','Maija Mallikas','maija@posti.example','maija@posti.example','maija mallikas maija@posti.example','[]','fi','2026-11-23T08:00:00.000000+00:00','2026-11-23','L0','L2','2026-12-23','2026-11-23T08:00:00.000000+00:00',NULL,'mail',NULL,NULL,NULL);
INSERT INTO "cases" VALUES(2,2026,2,'open','Erkki Esimerkki','erkki@posti.example','erkki@posti.example','erkki esimerkki erkki@posti.example','[]','fi','2026-11-23T15:30:00.000000+00:00','2026-11-23','L0','L2','2026-12-23','2026-11-23T15:30:00.000000+00:00',NULL,'mail',NULL,NULL,NULL);
CREATE TABLE codes (
    id integer primary key,
    case_id integer not null references cases (id),
    draft_id integer not null unique references drafts (id),
    salt text not null,
    digest text not null,
    wrong integer not null default 0 check (wrong between 0 and 5),
    used_at text, masked integer not null default 0 check (masked in (0, 1)),
    check (used_at is null or wrong < 5)
) strict;
INSERT INTO "codes" VALUES(1,1,1,'9a5ae21cda6bf099690d9273827d1d2a','323f96cfbedf33048be73c4c1269f38e7392ac1bd223d65cdde59071b62228db',0,NULL,0);
INSERT INTO "codes" VALUES(2,2,2,'5feccbf339127d1aceabad5749ec57a0','4fe9aab938e1774660c0c209e383816320f87bf1d6519b8817835c89be25f03a',0,NULL,0);
CREATE TABLE contacts (
    case_id integer primary key references cases (id),
    match text not null check (match in ('exact', 'chosen', 'near', 'several', 'none')),
    name text not null,
    address text not null,
    phone text not null,
    number text not null,
    protected integer not null check (protected in (0, 1)),
    changed_on text,
    check (match in ('exact', 'chosen') or address = '')
) strict;
INSERT INTO "contacts" VALUES(1,'exact','Maija Mallikas','maija@posti.example','','',0,NULL);
INSERT INTO "contacts" VALUES(2,'chosen','Erkki Esimerkki','erkki.vanha@posti.example','','',0,NULL);
CREATE TABLE corrections (
    id integer primary key,
    message_id integer not null references messages (id),
    verdict_before text not null check (verdict_before in ('request', 'unsure', 'not_request')),
    kinds_before text not null,
    verdict_after text not null check (verdict_after in ('request', 'not_request')),
    kinds_after text not null,
    actor text not null check (actor glob 'person:?*'),
    at text not null
) strict;
CREATE TABLE cursors (
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    last_uid integer not null, since text, held integer not null default 0,
    primary key (account, folder)
) strict, without rowid;
INSERT INTO "cursors" VALUES('tietosuoja@yritys.example@imap.yritys.example','INBOX',1,5,NULL,5);
CREATE TABLE deliveries (
    draft_id integer primary key references drafts (id),
    message_id text not null unique,
    claimed_at text not null,
    attempts integer not null check (attempts > 0),
    settled_at text,
    answer text
) strict;
INSERT INTO "deliveries" VALUES(1,'<kirje-1@yritys.example>','2026-11-23T15:30:00.000000+00:00',1,'2026-11-23T15:30:00.000000+00:00','250 ok');
CREATE TABLE draft_requests (
    draft_id integer not null references drafts (id),
    request_id integer not null references requests (id),
    primary key (draft_id, request_id)
) strict, without rowid;
INSERT INTO "draft_requests" VALUES(1,1);
INSERT INTO "draft_requests" VALUES(2,2);
CREATE TABLE drafts (
    id integer primary key,
    case_id integer not null references cases (id),
    letter text not null,
    status text not null check (status in ('proposed', 'approved', 'sending', 'sent', 'refused', 'uncertain',
        'rejected', 'superseded')),
    language text not null,
    template text not null,
    to_name text,
    to_address text,
    in_reply_to text,
    reference_ids text,
    subject text,
    body text,
    original_body text,
    facts text,
    text_hash text not null,
    created_at text not null,
    approved_by text check (approved_by glob 'person:?*'),
    approved_at text,
    approved_hash text check (approved_hash = text_hash),
    not_before text,
    check ((approved_by is null) = (approved_at is null)),
    check ((approved_by is null) = (approved_hash is null)),
    check ((approved_by is null) = (not_before is null)),
    check ((status in ('approved', 'sending', 'sent', 'refused', 'uncertain')) = (approved_hash is not null))
) strict;
INSERT INTO "drafts" VALUES(1,1,'identity_question','sent','fi','identity_question','Maija Mallikas','maija@posti.example','<1@posti.example>','["<1@posti.example>"]','Asia 2026-0001','Hyvä Maija Mallikas

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että haluatte tietää, käsittelemmekö henkilötietojanne, ja saada niistä jäljennöksen.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Pelkästä sähköpostiviestistä ei näe, kuka sen todella lähetti, ja saamme vastata pyyntöön vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Koodi. Vastatkaa tähän viestiin ja kirjoittakaa vastaukseen koodi F9AV-3U2X-Q9SK. Se toimii kerran ja on voimassa seitsemän päivää. Tämä riittää, jos olemme saaneet juuri tämän sähköpostiosoitteen teiltä jo aiemmin.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0001 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0001, 23.11.2026
','Hyvä Maija Mallikas

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että haluatte tietää, käsittelemmekö henkilötietojanne, ja saada niistä jäljennöksen.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Pelkästä sähköpostiviestistä ei näe, kuka sen todella lähetti, ja saamme vastata pyyntöön vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Koodi. Vastatkaa tähän viestiin ja kirjoittakaa vastaukseen koodi F9AV-3U2X-Q9SK. Se toimii kerran ja on voimassa seitsemän päivää. Tämä riittää, jos olemme saaneet juuri tämän sähköpostiosoitteen teiltä jo aiemmin.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0001 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0001, 23.11.2026
','{}','68f234bca5fbf5906f40bee03e828655482489e08dd3bc1f4d625b1155a396d2','2026-11-23T15:30:00.000000+00:00','person:Helmi Esimerkki','2026-11-23T15:30:00.000000+00:00','68f234bca5fbf5906f40bee03e828655482489e08dd3bc1f4d625b1155a396d2','2026-11-23T15:30:00.000000+00:00');
INSERT INTO "drafts" VALUES(2,2,'identity_question','proposed','fi','identity_question','Erkki Esimerkki','erkki@posti.example','<5@posti.example>','["<5@posti.example>"]','Asia 2026-0002','Hyvä Erkki Esimerkki

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että haluatte tietää, käsittelemmekö henkilötietojanne, ja saada niistä jäljennöksen.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Pelkästä sähköpostiviestistä ei näe, kuka sen todella lähetti, ja saamme vastata pyyntöön vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Koodi. Vastatkaa tähän viestiin ja kirjoittakaa vastaukseen koodi A24M-5YDN-GNJ9. Se toimii kerran ja on voimassa seitsemän päivää. Tämä riittää, jos olemme saaneet juuri tämän sähköpostiosoitteen teiltä jo aiemmin.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0002 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0002, 23.11.2026
','Hyvä Erkki Esimerkki

Vahvistamme saaneemme pyyntönne 23.11.2026. Ymmärsimme, että haluatte tietää, käsittelemmekö henkilötietojanne, ja saada niistä jäljennöksen.

Ennen kuin vastaamme, meidän on varmistettava, että pyyntö on teidän. Pelkästä sähköpostiviestistä ei näe, kuka sen todella lähetti, ja saamme vastata pyyntöön vain sille, jota tiedot koskevat (EU:n yleisen tietosuoja-asetuksen 12 artiklan 6 kohta). Emme voi tässä vaiheessa vahvistaa, käsittelemmekö pyynnössä tarkoitettuja tietoja.

Valitkaa näistä yksi, teille helpoin tapa:

a) Koodi. Vastatkaa tähän viestiin ja kirjoittakaa vastaukseen koodi A24M-5YDN-GNJ9. Se toimii kerran ja on voimassa seitsemän päivää. Tämä riittää, jos olemme saaneet juuri tämän sähköpostiosoitteen teiltä jo aiemmin.
b) Soitto. Kirjoittakaa vastaukseksi "soitto" ja sopiva aika. Soitamme vain numeroon, jonka olemme jo aiemmin saaneet, emme viestissä annettuun numeroon.
c) Viesti toisesta osoitteesta. Jos olette asioinut kanssamme toisesta sähköpostiosoitteesta, lähettäkää siitä viesti, jossa on asian numero 2026-0002 ja mahdollinen asiakasnumero.

Jos mikään näistä ei sovi, kertokaa: etsimme yhdessä muun tavan. Älkää lähettäkö henkilötunnusta älkääkä kuvaa henkilöllisyystodistuksesta. Emme tarvitse niitä.

Määräaika kuluu, vaikka odotamme varmistusta: vastaamme viimeistään ke 23.12.2026. Vastatkaa siksi mielellään muutaman päivän kuluessa. Jos varmistus jää tulematta, kerromme viimeistään silloin, miksi emme voi täyttää pyyntöä ja miten asia voi jatkua.

Jos teillä on kysyttävää, vastatkaa tähän viestiin tai soittakaa numeroon 040 000 0000.

Ystävällisin terveisin

Helmi Ruokojärvi
Esimerkki Oy, Y-tunnus 1234567-1
Mallikatu 1, 00100 Helsinki
helmi.ruokojarvi@yritys.example, 040 000 0000

Asia 2026-0002, 23.11.2026
','{}','eefcdb507c57b0e8cbd6c165bcc36a8b9fd163c8c11ded68bb5602da320d6b1c','2026-11-23T15:30:00.000000+00:00',NULL,NULL,NULL,NULL);
CREATE TABLE duties (
    id integer primary key,
    case_id integer not null references cases (id),
    request_id integer references requests (id),
    kind text not null,
    status text not null check (status in ('open', 'done', 'cancelled')),
    due_on text not null,
    counting text not null check (counting in ('on', 'days', 'working_days')),
    start_on text not null,
    days integer not null,
    about text,
    opened_at text not null,
    settled_at text,
    check ((status = 'open') = (settled_at is null))
) strict;
CREATE TABLE events (
    seq integer primary key,
    at text not null,
    actor text not null,
    act text not null,
    entity text not null,
    entity_id integer not null,
    case_id integer references cases (id),
    old text,
    new text,
    facts text not null,
    prev_hash text not null,
    hash text not null unique
) strict;
INSERT INTO "events" VALUES(1,'2026-11-23T08:00:00.000000+00:00','agent','case_opened','case',1,1,NULL,'open','{"channel":"mail","number":"2026-0001","received_on":"2026-11-23"}','0000000000000000000000000000000000000000000000000000000000000000','e056afce73ee3beef8bf89d5a3a0d2aa8ee1a6944f6fcc4e5ed2bfe0b6400f21');
INSERT INTO "events" VALUES(2,'2026-11-23T08:00:00.000000+00:00','agent','request_opened','request',1,1,NULL,'open','{"backstop":"2026-12-23","kind":"access","promise":"2026-12-23","received_on":"2026-11-23","target":"2026-12-23"}','e056afce73ee3beef8bf89d5a3a0d2aa8ee1a6944f6fcc4e5ed2bfe0b6400f21','7002976442413b62b6831b446f986c318abc2b1a29874a3293697c2855e92fc8');
INSERT INTO "events" VALUES(3,'2026-11-23T08:00:00.000000+00:00','agent','message_filed','message',1,1,NULL,'filed','{"relation":"opening"}','7002976442413b62b6831b446f986c318abc2b1a29874a3293697c2855e92fc8','c8dc1f98dc2cb1d838ea7d065496544546d759c3933e06df129cd73cbe3bb6b9');
INSERT INTO "events" VALUES(4,'2026-11-23T08:00:00.000000+00:00','agent','message_set_aside','message',2,NULL,NULL,'set_aside','{"reason":"not_a_request"}','c8dc1f98dc2cb1d838ea7d065496544546d759c3933e06df129cd73cbe3bb6b9','991f5b0a3fdb72366455c3e915af4bfa0521ce37d34491a2830b9513b05ccc65');
INSERT INTO "events" VALUES(5,'2026-11-23T08:00:00.000000+00:00','agent','message_quarantined','message',3,NULL,NULL,'quarantined','{"reason":"unreadable"}','991f5b0a3fdb72366455c3e915af4bfa0521ce37d34491a2830b9513b05ccc65','e71e687041eb4853e977a402ecf072fd588c6a145ae7b1c238e09ea43d034948');
INSERT INTO "events" VALUES(6,'2026-11-23T08:12:00.000000+00:00','agent','message_quarantined','message',4,NULL,NULL,'quarantined','{"reason":"not_given"}','e71e687041eb4853e977a402ecf072fd588c6a145ae7b1c238e09ea43d034948','e43126ea479432c721d5d28ed79fb507250dee3f2f7e0915013aebe60c034914');
INSERT INTO "events" VALUES(7,'2026-11-23T08:12:00.000000+00:00','agent','message_quarantined','message',5,NULL,NULL,'quarantined','{"reason":"not_given"}','e43126ea479432c721d5d28ed79fb507250dee3f2f7e0915013aebe60c034914','3852123d0b022e38ff84bdd65985d2d1b541afabf6d5a229e298b00f57ae146c');
INSERT INTO "events" VALUES(8,'2026-11-23T15:30:00.000000+00:00','agent','message_set_aside','message',5,NULL,'quarantined','set_aside','{"reason":"given_at_last"}','3852123d0b022e38ff84bdd65985d2d1b541afabf6d5a229e298b00f57ae146c','6b98bc982649b3ca61ccdf9de3a8b96f1e316681212f93203bc2892d528c3912');
INSERT INTO "events" VALUES(9,'2026-11-23T15:30:00.000000+00:00','agent','case_opened','case',2,2,NULL,'open','{"channel":"mail","number":"2026-0002","received_on":"2026-11-23"}','6b98bc982649b3ca61ccdf9de3a8b96f1e316681212f93203bc2892d528c3912','b6db92224029415880678ca8e7461d51a753f465d6d9a537c10475158c381d28');
INSERT INTO "events" VALUES(10,'2026-11-23T15:30:00.000000+00:00','agent','request_opened','request',2,2,NULL,'open','{"backstop":"2026-12-23","kind":"access","promise":"2026-12-23","received_on":"2026-11-23","target":"2026-12-23"}','b6db92224029415880678ca8e7461d51a753f465d6d9a537c10475158c381d28','3ca2f06c5f4b9bdadcc308938aecbd6555b3fd7034f36992a22c42fb9d75236a');
INSERT INTO "events" VALUES(11,'2026-11-23T15:30:00.000000+00:00','agent','message_filed','message',6,2,NULL,'filed','{"relation":"opening"}','3ca2f06c5f4b9bdadcc308938aecbd6555b3fd7034f36992a22c42fb9d75236a','255caafada6b0ce32e85a7f7c504544c27342aceed2dfdaa25ae35c9c297410d');
INSERT INTO "events" VALUES(12,'2026-11-23T15:30:00.000000+00:00','agent','draft_proposed','draft',1,1,NULL,'proposed','{"asked":"L2","doubt":"unproven_sender","hash":"68f234bca5fbf5906f40bee03e828655482489e08dd3bc1f4d625b1155a396d2","letter":"identity_question","template":"identity_question"}','255caafada6b0ce32e85a7f7c504544c27342aceed2dfdaa25ae35c9c297410d','3dacf9703e7f864bac10f04a21406bd576b5992f51d1a9189908e717bb58cf7c');
INSERT INTO "events" VALUES(13,'2026-11-23T15:30:00.000000+00:00','agent','code_issued','case',1,1,NULL,NULL,'{"code":1}','3dacf9703e7f864bac10f04a21406bd576b5992f51d1a9189908e717bb58cf7c','36b4f8965d50291fdeeaf2ff5f48c6250761e929ca1fb85cd278fc8e6cc4ac08');
INSERT INTO "events" VALUES(14,'2026-11-23T15:30:00.000000+00:00','agent','draft_proposed','draft',2,2,NULL,'proposed','{"asked":"L2","doubt":"unproven_sender","hash":"eefcdb507c57b0e8cbd6c165bcc36a8b9fd163c8c11ded68bb5602da320d6b1c","letter":"identity_question","template":"identity_question"}','36b4f8965d50291fdeeaf2ff5f48c6250761e929ca1fb85cd278fc8e6cc4ac08','4d04aac5fb9ec93f6e31ce4a2f4683945abc156b6ba842d2db7e46a4d8b1039d');
INSERT INTO "events" VALUES(15,'2026-11-23T15:30:00.000000+00:00','agent','code_issued','case',2,2,NULL,NULL,'{"code":2}','4d04aac5fb9ec93f6e31ce4a2f4683945abc156b6ba842d2db7e46a4d8b1039d','9062ac913a0af9169e4165e5eb0a8bdae8baa83f5e3aed16ffba6b82b54b053d');
INSERT INTO "events" VALUES(16,'2026-11-23T15:30:00.000000+00:00','person:Helmi Esimerkki','draft_approved','draft',1,1,'proposed','approved','{"hash":"68f234bca5fbf5906f40bee03e828655482489e08dd3bc1f4d625b1155a396d2"}','9062ac913a0af9169e4165e5eb0a8bdae8baa83f5e3aed16ffba6b82b54b053d','2ca6215f5006524a3aeb3e4e279f6926f0e32bbebb069f962caa7ad5141d011d');
INSERT INTO "events" VALUES(17,'2026-11-23T15:30:00.000000+00:00','agent','sending_claimed','draft',1,1,'approved','sending','{"attempt":1,"hash":"68f234bca5fbf5906f40bee03e828655482489e08dd3bc1f4d625b1155a396d2","message_id":"<kirje-1@yritys.example>"}','2ca6215f5006524a3aeb3e4e279f6926f0e32bbebb069f962caa7ad5141d011d','2bfac436fbb05762a3bf0273f491e64237f33e345b2f80eb8a6a4da800e8a0fe');
INSERT INTO "events" VALUES(18,'2026-11-23T15:30:00.000000+00:00','agent','draft_sent','draft',1,1,'sending','sent','{}','2bfac436fbb05762a3bf0273f491e64237f33e345b2f80eb8a6a4da800e8a0fe','d21ea42bc9ffef977f77cd65eb2cdfa95466d14511116f8eb92ac29acd9687e1');
INSERT INTO "events" VALUES(19,'2026-11-23T15:30:00.000000+00:00','agent','reminder_claimed','reminder',1,1,NULL,NULL,'{"on":"2026-12-15","rung":"target-5"}','d21ea42bc9ffef977f77cd65eb2cdfa95466d14511116f8eb92ac29acd9687e1','3c5f2a509491bd1e3bc757cde70140fe7af35e0b7b48229f54405e95a6824c7b');
INSERT INTO "events" VALUES(20,'2026-11-23T15:30:00.000000+00:00','agent','contact_recorded','case',1,1,NULL,NULL,'{"match":"exact"}','3c5f2a509491bd1e3bc757cde70140fe7af35e0b7b48229f54405e95a6824c7b','610b208958c5a0b3ce520b4908813a96a6c654ff5eca721466292484b7fc6b4c');
INSERT INTO "events" VALUES(21,'2026-11-23T15:30:00.000000+00:00','person:Helmi Esimerkki','contact_recorded','case',2,2,NULL,NULL,'{"match":"chosen"}','610b208958c5a0b3ce520b4908813a96a6c654ff5eca721466292484b7fc6b4c','1ee665b04b4eafdae210326af0e3609b5406532b69f5267066de50d2df28142c');
CREATE TABLE mail_tally (
    status text primary key,
    mails integer not null check (mails >= 0)
) strict, without rowid;
INSERT INTO "mail_tally" VALUES('filed',2);
INSERT INTO "mail_tally" VALUES('quarantined',2);
INSERT INTO "mail_tally" VALUES('set_aside',2);
CREATE TABLE messages (
    id integer primary key,
    content_hash text not null unique,
    case_id integer references cases (id),
    relation text check (relation in ('opening', 'follow_up')),
    status text not null check (status in ('filed', 'set_aside', 'quarantined')),
    reason text,
    received_at text not null,
    message_id text,
    sender_name text,
    sender_address text,
    subject text,
    sent_at text,
    kind text not null,
    language text not null,
    verdict text not null,
    analysis text,
    erased integer not null default 0 check (erased in (0, 1)), cut integer not null default 0 check (cut in (0, 1)), codes_read integer not null default 0 check (codes_read in (0, 1)),
    check (erased = 0 or coalesce(message_id, sender_name, sender_address, subject, analysis) is null),
    check ((status = 'filed') = (reason is null)),
    check (status <> 'filed' or case_id is not null),
    check (status <> 'quarantined' or case_id is null),
    check ((case_id is null) = (relation is null))
) strict;
INSERT INTO "messages" VALUES(1,'a12fb1a63ccb526f029fb22cf1bb7dc94e2b227bf2d1bcfa690c52480194bd76',1,'opening','filed',NULL,'2026-11-23T08:00:00.000000+00:00','<1@posti.example>','Maija Mallikas','maija@posti.example','Omat tietoni','2026-11-23T07:01:00.000000+00:00','mail','fi','request','{"against":[{"phrase":"j\u00e4ljenn\u00f6ksen kaikista","type":"request"}],"attached":[],"attachment_only":false,"deadline":{"backstop":"2026-12-23","extension":{"backstop":"2027-02-23","promise":"2027-02-23","target":"2027-02-23"},"promise":"2026-12-23","received":"2026-11-23","target":"2026-12-23"},"evidence":[{"phrase":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta","type":"access"}],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"joint_receipt":null,"message":{"attachments":[],"date":"2026-11-23T07:01:00+00:00","defects":[],"from":{"address":"maija@posti.example","name":"Maija Mallikas"},"kind":"mail","language":"fi","message_id":"<1@posti.example>","new_text":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta k\u00e4sittelette.","references":[],"subject":"Omat tietoni","text":"K\u00e4yt\u00e4n tarkastusoikeuttani ja pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista henkil\u00f6tiedoista, joita minusta k\u00e4sittelette."},"needs_human":false,"reply_to":null,"types":["access"],"verdict":"request"}',0,0,1);
INSERT INTO "messages" VALUES(2,'f0f9ea2a21f4e575110580fa57fef5946d47281337e77759f7166b1e7b7b9962',NULL,NULL,'set_aside','not_a_request','2026-11-23T08:00:00.000000+00:00','<2@posti.example>','Maija Mallikas','maija@posti.example','Kiitos','2026-11-23T07:02:00.000000+00:00','mail','fi','not_request','{"against":[{"phrase":"Palaan asiaan ensi viikolla","type":"request"}],"attached":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"joint_receipt":null,"message":{"attachments":[],"date":"2026-11-23T07:02:00+00:00","defects":[],"from":{"address":"maija@posti.example","name":"Maija Mallikas"},"kind":"mail","language":"fi","message_id":"<2@posti.example>","new_text":"Hei, kiitos eilisest\u00e4 kokouksesta! Palaan asiaan ensi viikolla.","references":[],"subject":"Kiitos","text":"Hei, kiitos eilisest\u00e4 kokouksesta! Palaan asiaan ensi viikolla."},"needs_human":false,"reply_to":null,"types":[],"verdict":"not_request"}',0,0,1);
INSERT INTO "messages" VALUES(3,'736a14b6f433832c18b8737ddb9578539e9a1cebbb23f9236fc4b3fa9f1ad614',NULL,NULL,'quarantined','unreadable','2026-11-23T08:00:00.000000+00:00',NULL,'','','',NULL,'mail','fi','not_request','{"against":[{"phrase":"\u00ff\ufffdgarbage","type":"request"}],"attached":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":["no_from"],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"joint_receipt":null,"message":{"attachments":[],"date":null,"defects":["no_date","no_message_id","nul","unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"\u00ff\ufffdgarbage","references":[],"subject":"","text":"\u00ff\ufffdgarbage"},"needs_human":true,"reply_to":null,"types":[],"verdict":"not_request"}',0,0,1);
INSERT INTO "messages" VALUES(4,'745523c50a29705eb94ed88fb8a41078a093a427a315f177cdc547ddcfed4214',NULL,NULL,'quarantined','not_given','2026-11-23T08:12:00.000000+00:00',NULL,'','','(mail 4 of the folder INBOX)',NULL,'mail','fi','unsure','{"against":[],"attached":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":[],"required":"L0"},"joint_receipt":null,"message":{"attachments":[],"date":null,"defects":["unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"","references":[],"subject":"","text":""},"needs_human":true,"reply_to":null,"types":[],"verdict":"unsure"}',0,0,1);
INSERT INTO "messages" VALUES(5,'fa983cf5f376782172d8c8e02dab9b10f3eb0d560ad9bf088c1a0b0957792b65',NULL,NULL,'set_aside','given_at_last','2026-11-23T08:12:00.000000+00:00',NULL,'','','(mail 5 of the folder INBOX)',NULL,'mail','fi','unsure','{"against":[],"attached":[],"attachment_only":false,"deadline":null,"evidence":[],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":[],"required":"L0"},"joint_receipt":null,"message":{"attachments":[],"date":null,"defects":["unreadable"],"from":{"address":"","name":""},"kind":"mail","language":"fi","message_id":null,"new_text":"","references":[],"subject":"","text":""},"needs_human":true,"reply_to":null,"types":[],"verdict":"unsure"}',0,0,1);
INSERT INTO "messages" VALUES(6,'fb55752504865302cbc6286f1dfa09cfec2024111d7479b8cae4e40929f8f53b',2,'opening','filed',NULL,'2026-11-23T15:30:00.000000+00:00','<5@posti.example>','Erkki Esimerkki','erkki@posti.example','Tietopyyntö','2026-11-23T07:05:00.000000+00:00','mail','fi','request','{"against":[{"phrase":"j\u00e4ljenn\u00f6ksen kaikista","type":"request"}],"attached":[],"attachment_only":false,"deadline":{"backstop":"2026-12-23","extension":{"backstop":"2027-02-23","promise":"2027-02-23","target":"2027-02-23"},"promise":"2026-12-23","received":"2026-11-23","target":"2026-12-23"},"evidence":[{"phrase":"Pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista tiedoistani","type":"access"}],"flags":[],"forwarded":null,"identity":{"address_authenticated":false,"auth":"none","level":"L0","reasons":["not_authenticated"],"required":"L2"},"joint_receipt":null,"message":{"attachments":[],"date":"2026-11-23T07:05:00+00:00","defects":[],"from":{"address":"erkki@posti.example","name":"Erkki Esimerkki"},"kind":"mail","language":"fi","message_id":"<5@posti.example>","new_text":"Pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista tiedoistani.","references":[],"subject":"Tietopyynt\u00f6","text":"Pyyd\u00e4n j\u00e4ljenn\u00f6ksen kaikista tiedoistani."},"needs_human":false,"reply_to":null,"types":["access"],"verdict":"request"}',0,0,1);
CREATE TABLE notes (
    event_seq integer primary key references events (seq),
    case_id integer not null references cases (id),
    text text
) strict;
CREATE TABLE offers (
    draft_id integer primary key references drafts (id),
    text_hash text not null,
    message_id text not null unique,
    digest text not null
) strict;
CREATE TABLE overrides (
    draft_id integer not null references drafts (id),
    text_hash text not null,
    reason text not null,
    person text not null check (person glob 'person:?*'),
    at text not null,
    primary key (draft_id, text_hash)
) strict, without rowid;
CREATE TABLE pulse (
    component text primary key,
    at text not null,
    state text not null,
    detail text not null
) strict;
CREATE TABLE raw_messages (
    message_id integer primary key references messages (id),
    raw blob not null
) strict;
INSERT INTO "raw_messages" VALUES(1,X'46726F6D3A204D61696A61204D616C6C696B6173203C6D61696A6140706F7374692E6578616D706C653E0D0A546F3A20746965746F73756F6A61407972697479732E6578616D706C650D0A5375626A6563743A204F6D617420746965746F6E690D0A4D6573736167652D49443A203C3140706F7374692E6578616D706C653E0D0A446174653A204D6F6E2C203233204E6F7620323032362030393A30313A3030202B303230300D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A4BC3A47974C3A46E207461726B61737475736F696B65757474616E69206A612070797964C3A46E206AC3A46C6A656E6EC3B66B73656E206B61696B697374612068656E6B696CC3B6746965646F697374612C206A6F697461206D696E75737461206BC3A473697474656C657474652E0D0A');
INSERT INTO "raw_messages" VALUES(2,X'46726F6D3A204D61696A61204D616C6C696B6173203C6D61696A6140706F7374692E6578616D706C653E0D0A546F3A20746965746F73756F6A61407972697479732E6578616D706C650D0A5375626A6563743A204B6969746F730D0A4D6573736167652D49443A203C3240706F7374692E6578616D706C653E0D0A446174653A204D6F6E2C203233204E6F7620323032362030393A30323A3030202B303230300D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A4865692C206B6969746F732065696C6973657374C3A4206B6F6B6F756B7365737461212050616C61616E2061736961616E20656E7369207669696B6F6C6C612E0D0A');
INSERT INTO "raw_messages" VALUES(3,X'FF0067617262616765');
INSERT INTO "raw_messages" VALUES(4,X'');
INSERT INTO "raw_messages" VALUES(5,X'');
INSERT INTO "raw_messages" VALUES(6,X'46726F6D3A2045726B6B69204573696D65726B6B69203C65726B6B6940706F7374692E6578616D706C653E0D0A546F3A20746965746F73756F6A61407972697479732E6578616D706C650D0A5375626A6563743A20546965746F7079796E74C3B60D0A4D6573736167652D49443A203C3540706F7374692E6578616D706C653E0D0A446174653A204D6F6E2C203233204E6F7620323032362030393A30353A3030202B303230300D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A50797964C3A46E206AC3A46C6A656E6EC3B66B73656E206B61696B6973746120746965646F697374616E692E0D0A');
CREATE TABLE reminders (
    id integer primary key,
    case_id integer references cases (id),
    rung text not null,
    on_date text not null,
    claimed_at text not null,
    sent_at text
) strict;
INSERT INTO "reminders" VALUES(1,1,'target-5','2026-12-15','2026-11-23T15:30:00.000000+00:00',NULL);
CREATE TABLE requests (
    id integer primary key,
    case_id integer not null references cases (id),
    kind text not null,
    status text not null check (status in ('open', 'decided', 'answered', 'dropped')),
    received_on text not null,
    promise_on text not null,
    backstop_on text not null,
    target_on text not null,
    extended_promise_on text,
    extended_backstop_on text,
    extended_target_on text,
    extension_reason text,
    outcome text,
    decision text, obliged integer not null default 0 check (obliged in (0, 1)),
    check ((extended_promise_on is null) = (extended_backstop_on is null)),
    check ((extended_promise_on is null) = (extended_target_on is null)),
    check ((extended_promise_on is null) = (extension_reason is null)),
    check ((status in ('decided', 'answered')) = (outcome is not null))
) strict;
INSERT INTO "requests" VALUES(1,1,'access','open','2026-11-23','2026-12-23','2026-12-23','2026-12-23',NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "requests" VALUES(2,2,'access','open','2026-11-23','2026-12-23','2026-12-23','2026-12-23',NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE sent_copies (
    message_id text primary key,
    case_id integer not null references cases (id)
) strict, without rowid;
CREATE TABLE sightings (
    id integer primary key,
    message_id integer not null references messages (id),
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    uid integer not null,
    unique (account, folder, uidvalidity, uid)
) strict;
INSERT INTO "sightings" VALUES(1,1,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,1);
INSERT INTO "sightings" VALUES(2,2,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,2);
INSERT INTO "sightings" VALUES(3,3,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,3);
INSERT INTO "sightings" VALUES(4,4,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,4);
INSERT INTO "sightings" VALUES(5,6,'tietosuoja@yritys.example@imap.yritys.example','INBOX',1,5);
CREATE TABLE threads (
    message_id text not null,
    case_id integer not null references cases (id),
    primary key (message_id, case_id)
) strict, without rowid;
INSERT INTO "threads" VALUES('<1@posti.example>',1);
INSERT INTO "threads" VALUES('<kirje-1@yritys.example>',1);
INSERT INTO "threads" VALUES('<5@posti.example>',2);
CREATE TABLE withheld (
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    uid integer not null,
    tries integer not null check (tries >= 0),
    tried_at text not null,
    primary key (account, folder, uidvalidity, uid)
) strict, without rowid;
INSERT INTO "withheld" VALUES('tietosuoja@yritys.example@imap.yritys.example','INBOX',1,4,4,'2026-11-23T15:30:00.000000+00:00');
CREATE TABLE words (
    word text not null,
    case_id integer not null references cases (id),
    primary key (word, case_id)
) strict, without rowid;
INSERT INTO "words" VALUES('0001',1);
INSERT INTO "words" VALUES('2026',1);
INSERT INTO "words" VALUES('example',1);
INSERT INTO "words" VALUES('maija',1);
INSERT INTO "words" VALUES('mallikas',1);
INSERT INTO "words" VALUES('posti',1);
INSERT INTO "words" VALUES('0002',2);
INSERT INTO "words" VALUES('2026',2);
INSERT INTO "words" VALUES('erkki',2);
INSERT INTO "words" VALUES('esimerkki',2);
INSERT INTO "words" VALUES('example',2);
INSERT INTO "words" VALUES('posti',2);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX cases_queue on cases (promise_on, id) where status in ('candidate', 'open', 'waiting');
CREATE INDEX cases_by_status on cases (status, promise_on, id);
CREATE INDEX cases_by_subject on cases (subject_key) where subject_key is not null;
CREATE INDEX requests_by_case on requests (case_id);
CREATE TRIGGER promise_of_new_request after insert on requests begin
    update cases set promise_on = coalesce(
        (select min(coalesce(extended_promise_on, promise_on)) from requests
            where case_id = new.case_id and status in ('open', 'decided')),
        (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
    ) where id = new.case_id;
end;
CREATE TRIGGER promise_of_changed_request after update of status, extended_promise_on on requests begin
    update cases set promise_on = coalesce(
        (select min(coalesce(extended_promise_on, promise_on)) from requests
            where case_id = new.case_id and status in ('open', 'decided')),
        (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
    ) where id = new.case_id;
end;
CREATE INDEX messages_by_case on messages (case_id, received_at) where case_id is not null;
CREATE INDEX messages_by_status on messages (status, erased, received_at);
CREATE INDEX sightings_by_message on sightings (message_id);
CREATE INDEX threads_by_case on threads (case_id);
CREATE INDEX drafts_by_case on drafts (case_id);
CREATE INDEX drafts_by_status on drafts (status, not_before);
CREATE INDEX draft_requests_by_request on draft_requests (request_id);
CREATE INDEX events_by_case on events (case_id, seq) where case_id is not null;
CREATE TRIGGER events_are_not_rewritten before update on events begin
    select raise(abort, 'the journal is only appended to');
end;
CREATE TRIGGER events_are_not_removed before delete on events begin
    select raise(abort, 'the journal is only appended to');
end;
CREATE INDEX notes_by_case on notes (case_id);
CREATE UNIQUE INDEX reminders_once on reminders (coalesce(case_id, 0), rung, on_date);
CREATE INDEX duties_by_case on duties (case_id, due_on);
CREATE INDEX duties_due on duties (due_on, id) where status = 'open';
CREATE INDEX requests_unobliged on requests (case_id) where obliged = 0;
CREATE INDEX codes_by_case on codes (case_id);
CREATE TRIGGER nothing_leaves_before_the_identity before update of status on drafts
when new.status = 'sending' and new.letter = 'outcome'
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
    and (
        not exists (select 1 from draft_requests where draft_id = new.id)
        or exists (
            select 1 from draft_requests join requests on requests.id = request_id
            where draft_id = new.id
                and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
        )
    )
begin
    select raise(abort, 'the person is not identified');
end;
CREATE TRIGGER nothing_else_leaves_before_the_identity before update of status on drafts
when new.status = 'sending' and new.letter in ('fee', 'follow_up')
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
begin
    select raise(abort, 'the person is not identified');
end;
CREATE INDEX contacts_by_address on contacts (lower(address));
CREATE INDEX sent_copies_by_case on sent_copies (case_id);
CREATE TRIGGER nothing_is_sent_to_nobody before update of status on drafts
when new.status = 'sending' and coalesce(new.to_address, '') = ''
begin
    select raise(abort, 'the letter has no address');
end;
CREATE TRIGGER only_what_has_no_address_goes_on_paper before update of status on drafts
when new.status = 'sent' and old.status = 'approved' and coalesce(new.to_address, '') <> ''
begin
    select raise(abort, 'the letter has an address');
end;
CREATE INDEX corrections_by_message on corrections (message_id, id);
CREATE INDEX requests_by_receipt on requests (received_on);
CREATE INDEX words_by_case on words (case_id);
CREATE TRIGGER nothing_leaves_before_the_authority before update of status on drafts
when (new.status = 'sending' or (new.status = 'sent' and old.status = 'approved'))
    and (
        new.letter in ('fee', 'follow_up')
        or new.letter = 'outcome' and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    )
    and exists (
        select 1 from cases
        where id = new.case_id
            and (coalesce(new.to_address, '') = '' or lower(new.to_address) = lower(subject_address))
            and exists (
                select 1 from json_each(flags) where value in ('representative', 'third_person', 'deceased')
            )
    )
    and not exists (
        select 1 from events
        where case_id = new.case_id and act = 'identity_recorded' and json_extract(facts, '$.proof') = 'authority'
            and seq > coalesce(
                (select max(seq) from events where case_id = new.case_id and act = 'identity_withdrawn'), 0
            )
    )
begin
    select raise(abort, 'no authority was seen');
end;
CREATE TRIGGER nothing_is_delivered_before_the_identity before update of status on drafts
when new.status = 'sent' and old.status = 'approved'
    and (
        new.letter in ('fee', 'follow_up')
        or new.letter = 'outcome' and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    )
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
begin
    select raise(abort, 'the person is not identified');
end;
CREATE INDEX cases_queue_by_language on cases (language, promise_on, id) where status in ('candidate', 'open', 'waiting');
CREATE INDEX cases_by_status_and_language on cases (status, language, promise_on, id);
CREATE INDEX cases_by_receipt on cases (received_on);
CREATE INDEX cases_by_serial on cases (serial, year);
CREATE INDEX requests_by_kind on requests (kind, case_id) where status <> 'dropped';
CREATE INDEX messages_unread on messages (id) where status = 'quarantined' and reason = 'unreadable';
CREATE INDEX messages_with_codes on messages (received_at) where codes_read = 0;
CREATE INDEX cases_by_joined on cases (joined_to) where joined_to is not null;
CREATE INDEX messages_with_documents on messages (id)
    where cut = 0 and erased = 0 and instr(analysis, '"identity_document"') > 0;
CREATE TRIGGER cases_are_tallied after insert on cases begin
    insert into case_tally values (new.status, coalesce(new.promise_on, ''), 1)
        on conflict (status, promise_on) do update set cases = cases + 1;
end;
CREATE TRIGGER changed_cases_are_tallied after update of status, promise_on on cases
    when (old.status, coalesce(old.promise_on, '')) <> (new.status, coalesce(new.promise_on, '')) begin
    update case_tally set cases = cases - 1
        where status = old.status and promise_on = coalesce(old.promise_on, '');
    insert into case_tally values (new.status, coalesce(new.promise_on, ''), 1)
        on conflict (status, promise_on) do update set cases = cases + 1;
end;
CREATE TRIGGER deleted_cases_are_not_tallied after delete on cases begin
    update case_tally set cases = cases - 1
        where status = old.status and promise_on = coalesce(old.promise_on, '');
end;
CREATE TRIGGER mails_are_tallied after insert on messages when new.erased = 0 begin
    insert into mail_tally values (new.status, 1) on conflict (status) do update set mails = mails + 1;
end;
CREATE TRIGGER changed_mails_are_tallied after update of status, erased on messages
    when (old.status, old.erased) <> (new.status, new.erased) begin
    update mail_tally set mails = mails - 1 where status = old.status and old.erased = 0;
    insert into mail_tally select new.status, 1 where new.erased = 0
        on conflict (status) do update set mails = mails + 1;
end;
CREATE TRIGGER deleted_mails_are_not_tallied after delete on messages when old.erased = 0 begin
    update mail_tally set mails = mails - 1 where status = old.status;
end;
CREATE INDEX events_of_mails on events (entity_id, at) where entity = 'message' and new is not null;
CREATE INDEX cases_ended on cases (status, closed_at) where status in ('closed', 'dismissed');
CREATE INDEX requests_told_until on requests (json_extract(decision, '$.trace_until'))
    where json_extract(decision, '$.trace_until') is not null;
COMMIT;
pragma application_id = 1231962744;
